import { may } from '../../../domain/access/index.ts';
import { findSpecificationContent, readSpecificationBytes, type Specification } from '../../../domain/products/index.ts';
import { type FieldSpec, shownField, shownFields } from '../../../http/form-fields.ts';
import { emptyForm, type FormState } from '../../../http/forms.ts';
import { counted } from '../../../http/pagination.ts';
import type { AdminContext } from '../context.ts';
import { specificationPaths, versionPaths } from '../products/paths.ts';
import type { ShownVersion } from '../versions/version.ts';
import { findingsModel } from './findings.ts';

const mayEdit = ({ actor }: AdminContext, { product }: ShownVersion): boolean => may(actor, 'product.edit', product.id);

const FILE: FieldSpec = {
  name: 'file',
  label: 'File',
  type: 'file',
  hint: 'OpenAPI 3.0 to 3.2 or Swagger 2.0, as YAML or JSON.',
  attributes: { accept: '.yaml,.yml,.json,application/json,application/yaml' },
};
const TEXT: FieldSpec = {
  name: 'text',
  label: 'Or paste the document',
  type: 'textarea',
  rows: 12,
  code: true,
  optional: true,
  attributes: { spellcheck: 'false' },
};

/** The form that uploads a specification; false for who may not. */
export const uploadModel = (ctx: AdminContext, shown: ShownVersion, existing: Specification | undefined, form: FormState) =>
  mayEdit(ctx, shown) && {
    form,
    title: existing ? 'Replace the document' : false,
    fields: shownFields(form, [FILE, TEXT]),
    action: specificationPaths.specification(ctx.region, shown.ref),
    submit: existing ? 'Replace' : 'Upload',
    previewAction: existing ? specificationPaths.changes(ctx.region, shown.ref) : false,
    cancelHref: versionPaths.version(ctx.region, shown.ref),
  };

/** What is known of an accepted specification. */
export const acceptedModel = async (
  ctx: AdminContext,
  shown: ShownVersion,
  { name, contentHash, updatedAt }: Specification,
  form: FormState = emptyForm({ name }),
) => {
  const content = await findSpecificationContent(ctx, contentHash);
  const findings = content?.findings ?? [];
  const bytes = findings.length > 0 ? await readSpecificationBytes(ctx, contentHash) : undefined;
  const { region } = ctx;
  return {
    facts: {
      name,
      title: content?.title ?? '',
      apiVersion: content?.apiVersion ?? '',
      specVersion: content?.specVersion ?? '',
      operations: counted(content?.operationCount ?? 0, 'operation', 'operations'),
      updatedAt,
    },
    findings: await findingsModel(findings, bytes ?? Buffer.alloc(0)),
    findingsTitle: findings.length === 0 ? 'No remarks' : counted(findings.length, 'remark', 'remarks'),
    previewHref: specificationPaths.preview(region, shown.ref),
    fileHref: specificationPaths.file(region, shown.ref),
    rename: mayEdit(ctx, shown) && {
      form,
      field: shownField(form, { name: 'name', label: 'File name', required: true }),
      action: specificationPaths.name(region, shown.ref),
    },
    deleteHref: mayEdit(ctx, shown) && specificationPaths.delete(region, shown.ref),
  };
};

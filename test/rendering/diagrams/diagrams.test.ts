import { JSDOM } from 'jsdom';
import { afterAll, describe, expect, it } from 'vitest';
import { type DiagramKind, type DrawnDiagram, describeDiagram } from '../../../src/rendering/diagrams/diagram.ts';
import { patientPool } from '../../support/pool.ts';

const pool = patientPool();
afterAll(() => pool.close());

const draw = async (kind: DiagramKind, source: string): Promise<DrawnDiagram> =>
  (await pool.run('drawDiagram', { kind }, Buffer.from(source))).result;

/** The drawings of a diagram, light and dark. */
const svgsOf = async (kind: DiagramKind, source: string): Promise<string[]> => {
  const result = await draw(kind, source);
  if (!result.drawn) throw new Error(result.message);
  expect(result.width).toBeGreaterThan(0);
  expect(result.height).toBeGreaterThan(0);
  return [result.light, result.dark];
};

const HARMFUL = /<script|<foreignObject|<a[\s>]|\son\w+=|javascript:|https?:\/\/(?!www\.w3\.org)|@import|<image/i;

const DIAGRAMS: Readonly<Record<DiagramKind, Readonly<Record<string, readonly [source: string, ...words: string[]]>>>> = {
  plantuml: {
    sequence: ['title Log in\nAlice -> Bob : Hello there', 'Log in', 'Alice', 'Hello there'],
    class: ['@startuml\nclass Order {\n +id: string\n}\nOrder *-- Line\n@enduml', 'Order', 'Line'],
    activity: ['start\n:Read;\nif (valid?) then (yes)\n:Answer;\nendif\nstop', 'Read', 'valid?'],
    component: ['[Client] --> [Gateway]', 'Client', 'Gateway'],
    state: ['[*] --> Pending\nPending --> Done : decide', 'Pending', 'decide'],
    'mind map': ['@startmindmap\n* root\n** leaf\n@endmindmap', 'root', 'leaf'],
    json: ['@startjson\n{"a": [1, 2]}\n@endjson', 'a'],
  },
  mermaid: {
    flowchart: ['flowchart LR\n A[Start] -->|go| B{Decide}', 'Start', 'Decide', 'go'],
    sequence: ['sequenceDiagram\n Alice->>Bob: Hello', 'Alice', 'Hello'],
    class: ['classDiagram\n class Animal {\n +String name\n }\n Animal <|-- Duck', 'Animal', 'Duck'],
    state: ['stateDiagram-v2\n [*] --> Still\n Still --> Moving', 'Still', 'Moving'],
    er: ['erDiagram\n CUSTOMER ||--o{ ORDER : places', 'CUSTOMER', 'ORDER'],
    gantt: ['gantt\n title A plan\n dateFormat YYYY-MM-DD\n section One\n Task :a1, 2024-01-01, 30d', 'A plan', 'Task'],
    pie: ['pie title Pets\n "Dogs" : 3\n "Cats" : 1', 'Pets', 'Dogs'],
    journey: ['journey\n title My day\n section Work\n Make tea: 5: Me', 'My day', 'Make tea'],
    git: ['gitGraph\n commit\n branch develop\n commit', 'develop'],
    'mind map': ['mindmap\n  root((mind))\n    Origins', 'mind', 'Origins'],
    timeline: ['timeline\n title History\n 2002 : LinkedIn', 'History', 'LinkedIn'],
    c4: ['C4Context\n Person(a, "Customer")\n System(b, "Bank")\n Rel(a, b, "Uses")', 'Customer', 'Bank'],
  },
};

describe.each(['plantuml', 'mermaid'] as const)('%s', (kind) => {
  it.each(Object.entries(DIAGRAMS[kind]))('draws: %s', async (_name, [source, ...words]) => {
    for (const svg of await svgsOf(kind, source)) {
      expect(svg).toMatch(/^<svg [^>]*width="\d+"/);
      for (const word of words) expect(svg).toContain(word);
      expect(svg).not.toMatch(HARMFUL);
      expect(() => new JSDOM(svg, { contentType: 'image/svg+xml' })).not.toThrow(); // well-formed
    }
  });
});

describe('text in a diagram', () => {
  const groupBefore = (svg: string, words: string, kind: string): string =>
    [...svg.slice(0, svg.indexOf(`>${words}<`)).matchAll(new RegExp(`<g class="${kind}"[^>]*>`, 'g'))].at(-1)?.[0] ?? '';

  it('stands in the middle of a cylinder, and of the shapes of a mind map', async () => {
    for (const svg of await svgsOf('mermaid', 'flowchart LR\n A[(Orders)]'))
      expect(groupBefore(svg, 'Orders', 'label')).toMatch(/translate\(-?0, /);
    for (const svg of await svgsOf('mermaid', 'mindmap\n  root((mind))\n    [Square]'))
      for (const words of ['mind', 'Square']) expect(groupBefore(svg, words, 'label')).toContain('text-anchor="middle"');
  });

  it('stands in the middle of a class, whatever was drawn before', async () => {
    await draw('mermaid', 'flowchart LR\n A[Start]');
    for (const svg of await svgsOf('mermaid', 'classDiagram\n class Animal'))
      expect(groupBefore(svg, 'Animal', 'label-group text')).toMatch(/translate\(-\d/);
  });

  it('differs in colour from what it stands on, in the sections of a journey', async () => {
    for (const svg of await svgsOf('mermaid', 'journey\n section Work\n Make tea: 5: Me'))
      expect(svg).not.toMatch(/<text[^>]*class="journey-section/);
  });
});

describe('a C4 diagram', () => {
  const source = `C4Container
    Enterprise_Boundary(bank, "Bank") {
      Person(customer, "Customer")
      Container_Ext(mail, "Mail", "Go", "Sends")
    }
    Rel(customer, mail, "Uses", "HTTPS")`;

  it('has lines, and labels beside them, that show in the dark', async () => {
    const [light, dark] = await svgsOf('mermaid', source);
    expect(light).toContain('#444444');
    expect(dark).not.toContain('#444444');
    expect(dark).toMatch(/<text [^>]*fill="#cccccc"[^>]*><tspan [^>]*>Uses</);
  });

  it('has labels in the middle of its shapes, on what they can be read on', async () => {
    for (const svg of await svgsOf('mermaid', source)) {
      const { window } = new JSDOM(svg, { contentType: 'image/svg+xml' });
      const places = [...window.document.querySelectorAll('.c4-shape > .label, .c4-shape > .label > g')];
      expect(places.length).toBeGreaterThan(4);
      expect(places.map((place) => place.getAttribute('transform')).filter((way) => !way?.startsWith('translate(0,'))).toEqual(
        [],
      );
      expect(svg).toContain('fill:#6b6b6b');
      window.close();
    }
  });
});

it('a diagram of PlantUML lies on nothing of its own, in the dark neither', async () => {
  for (const svg of await svgsOf('plantuml', '[Client] --> [Gateway]')) expect(svg).not.toMatch(/#1B1B1B|#FFFFFF" stroke="none"/);
  const [chosen] = await svgsOf('plantuml', 'skinparam backgroundColor #ABCDEF\n[Client] --> [Gateway]');
  expect(chosen).toContain('#ABCDEF');
});

describe('a diagram that is wrong', () => {
  it.each([
    ['plantuml', '@startuml\nA -> B\nthis is no good\n@enduml', 'Line 3: Syntax Error'],
    ['plantuml', 'A -> B\nthis is no good', 'Line 2: Syntax Error'],
    ['mermaid', 'flowchart LR\n A -->\n [[[x', 'Line 3: this cannot be read, near “[[[x”'],
    ['plantuml', '@startsalt\n{ a }\n@endsalt', 'no kind of diagram'],
    ['mermaid', 'flowchart LR\n A -->', 'Line'],
    ['mermaid', 'nothing at all', 'No diagram type'],
  ] as const)('says what: %s %j', async (kind, source, message) => {
    expect(await draw(kind, source)).toEqual({ drawn: false, message: expect.stringContaining(message) });
  });

  it.each(['/etc/passwd', 'file:///etc/passwd', 'http://127.0.0.1:1/x.puml', '<C4/C4_Context>'])(
    'includes nothing: %s',
    async (what) => {
      expect((await draw('plantuml', `!include ${what}\nA -> B`)).drawn).toBe(false);
    },
  );

  it('reads neither files nor the environment', async () => {
    const svgs = await svgsOf('plantuml', 'A -> B : %getenv("PATH") %load_json("/etc/hostname") <img:/etc/hostname>');
    for (const svg of svgs) expect(svg).not.toMatch(/\/usr\/|<image/);
  });

  it('runs, links and loads nothing', async () => {
    const sources = [
      ['plantuml', 'A -> B : [[javascript:alert(1) click]] <img:https://evil.example/x.png>'],
      ['plantuml', '@startuml\nclass "<script>alert(1)</script>" as A\nclass "<foreignObject>x</foreignObject>" as B\n@enduml'],
      ['mermaid', 'flowchart LR\n A["<img src=x onerror=alert(1)>"] --> B\n click B href "javascript:alert(1)"'],
      [
        'mermaid',
        '%%{init: {"securityLevel": "loose", "htmlLabels": true}}%%\nflowchart LR\n A["<b onclick=alert(1)>x</b>"] --> B',
      ],
      [
        'mermaid',
        '%%{init: {"themeCSS": "@import url(https://evil.example/x.css); * { background: url(https://evil.example/y) }"}}%%\nflowchart LR\n A --> B',
      ],
    ] as const;
    for (const [kind, source] of sources) for (const svg of await svgsOf(kind, source)) expect(svg).not.toMatch(HARMFUL);
  });
});

describe('describeDiagram', () => {
  it.each([
    ['title Log in of a person\nA -> B', 'Log in of a person'],
    ['---\ntitle: A flow\n---\nflowchart LR', 'A flow'],
    ['pie title Pets\n "a": 1', 'Pets'],
    ['flowchart LR\n accTitle: Said to readers\n A --> B', 'Said to readers'],
    ["' a remark\n@startuml\nA -> B", 'Diagram: A -> B'],
  ])('takes the title, or the first line that says something: %j', (source, expected) => {
    expect(describeDiagram({ source })).toBe(expected);
  });

  it('takes no square of the number of empty lines, nor of blanks', () => {
    expect(describeDiagram({ source: `${'\n'.repeat(500_000)}A -> B` })).toBe('Diagram: A -> B');
    expect(describeDiagram({ source: `title${' '.repeat(500_000)}\nA -> B` })).toMatch(/^Diagram: title/);
  });
});

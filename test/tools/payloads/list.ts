/** What has run scripts where it should not, in pages of all kinds: each calls `canary()` when it does. */

const CALL = 'canary()';

/** In HTML, and so in Markdown, and in whatever prints text without escaping it. */
const HTML: readonly string[] = [
  `<script>${CALL}</script>`,
  `<ScRiPt>${CALL}</sCrIpT>`,
  `<script/x>${CALL}</script>`,
  `<scr<script>ipt>${CALL}</scr</script>ipt>`,
  `<script src="data:text/javascript,${CALL}"></script>`,
  `<script type="module">${CALL}</script>`,
  `<svg><script>${CALL}</script></svg>`,
  `<svg><script href="data:text/javascript,${CALL}"/></svg>`,
  `<img src=x onerror=${CALL}>`,
  `<img src=x onerror="${CALL}">`,
  `<img/src=x/onerror=${CALL}>`,
  `<img src=x:x onerror\n=\n${CALL}>`,
  `<img src="x\`<script>${CALL}</script>"\`>`,
  `<img """><script>${CALL}</script>">`,
  `"><script>${CALL}</script>`,
  `'><img src=x onerror=${CALL}>`,
  `</textarea><script>${CALL}</script>`,
  `</title><script>${CALL}</script>`,
  `</style><script>${CALL}</script>`,
  `</script><script>${CALL}</script>`,
  `--><script>${CALL}</script>`,
  `]]><script>${CALL}</script>`,
  `<svg onload=${CALL}>`,
  `<svg/onload=${CALL}>`,
  `<svg><animate onbegin=${CALL} attributeName=x dur=1s>`,
  `<svg><a><animate attributeName=href values=javascript:${CALL} /><text x=20 y=20>x</text></a></svg>`,
  `<svg><foreignObject><img src=x onerror=${CALL}></foreignObject></svg>`,
  `<svg><use href="data:image/svg+xml,<svg id='x' xmlns='http://www.w3.org/2000/svg'><image href='1' onerror='${CALL}'/></svg>#x"/></svg>`,
  `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=${CALL}&gt;">`,
  `<math><a xlink:href="javascript:${CALL}">x</a></math>`,
  `<form><math><mtext></form><form><mglyph><style></math><img src onerror=${CALL}>`,
  `<noscript><p title="</noscript><img src=x onerror=${CALL}>"></noscript>`,
  `<template><script>${CALL}</script></template>`,
  `<iframe src="javascript:parent.${CALL}"></iframe>`,
  `<iframe srcdoc="<script>parent.${CALL}</script>"></iframe>`,
  `<iframe onload=${CALL}></iframe>`,
  `<object data="javascript:${CALL}"></object>`,
  `<object data="data:text/html,<script>parent.${CALL}</script>"></object>`,
  `<embed src="javascript:${CALL}">`,
  `<body onload=${CALL}>`,
  `<body onpageshow=${CALL}>`,
  `<video><source onerror=${CALL}></video>`,
  `<video src=x onerror=${CALL}></video>`,
  `<audio src=x onerror=${CALL}></audio>`,
  `<details open ontoggle=${CALL}>x</details>`,
  `<input autofocus onfocus=${CALL}>`,
  `<select autofocus onfocus=${CALL}></select>`,
  `<textarea autofocus onfocus=${CALL}></textarea>`,
  `<div tabindex=1 autofocus onfocus=${CALL}>x</div>`,
  `<marquee onstart=${CALL}>x</marquee>`,
  `<style>@keyframes x{}</style><b style="animation-name:x" onanimationstart="${CALL}">x</b>`,
  `<p style="background:url(javascript:${CALL})">x</p>`,
  `<link rel=stylesheet href="data:text/css,*{}" onload=${CALL}>`,
  `<meta http-equiv=refresh content="0;url=javascript:${CALL}">`,
  `<base href="javascript:/a/-${CALL}//">`,
  `<a href="javascript:${CALL}">x</a>`,
  `<a href=" javascript:${CALL}">x</a>`,
  `<a href="jav&#x09;ascript:${CALL}">x</a>`,
  `<a href="jav\tascript:${CALL}">x</a>`,
  `<a href="&#106;avascript:${CALL}">x</a>`,
  `<a href="&#0000106avascript:${CALL}">x</a>`,
  `<a href="\u0001javascript:${CALL}">x</a>`,
  `<a href="JaVaScRiPt:${CALL}">x</a>`,
  `<a href="data:text/html,<script>${CALL}</script>">x</a>`,
  `<a href="vbscript:${CALL}">x</a>`,
  `<form action="javascript:${CALL}"><button>x</button></form>`,
  `<button formaction="javascript:${CALL}">x</button>`,
  `<isindex type=image src=1 onerror=${CALL}>`,
  `<x onclick=${CALL} contenteditable>x</x>`,
  `<a id=x href="//\u0001javascript:${CALL}" onmouseover=${CALL}>x</a>`,
  `<code-samples>{"id":"x","request":{"method":"GET","url":"</code><script>${CALL}</script>","headers":[]},"own":[]}</code-samples>`,
  `<diagram-place>{"kind":"mermaid","source":"x","title":"</figure><script>${CALL}</script>"}</diagram-place>`,
  `<div id="own-code-0"></div><script>${CALL}</script>`,
];

/** What only Markdown makes dangerous. */
const MARKDOWN: readonly string[] = [
  `[x](javascript:${CALL})`,
  `[x](JaVaScRiPt:${CALL})`,
  `[x](<javascript:${CALL}>)`,
  `[x]( javascript:${CALL} "t")`,
  `[x](javascript&colon;${CALL})`,
  `[x](&#106;avascript:${CALL})`,
  `[x](\\javascript:${CALL})`,
  `[x](data:text/html;base64,PHNjcmlwdD5jYW5hcnkoKTwvc2NyaXB0Pg==)`,
  `[x](vbscript:${CALL})`,
  `![x](javascript:${CALL})`,
  `![x](x "onerror=${CALL}")`,
  `![x"onerror="${CALL}](x)`,
  `![x](x"onerror="${CALL})`,
  `<javascript:${CALL}>`,
  `[x][y]\n\n[y]: javascript:${CALL}`,
  `[x][y]\n\n[y]: x "\\" onmouseover=\\"${CALL}"`,
  `\`\`\`html" onmouseover="${CALL}\nx\n\`\`\``,
  `\`\`\`js title="<img src=x onerror=${CALL}>"\nx\n\`\`\``,
  `\`\`\`js {1} diff\n+</span><script>${CALL}</script>\n\`\`\``,
  `\`\`\`<script>${CALL}</script>\nx\n\`\`\``,
  `# <img src=x onerror=${CALL}>`,
  `# x" onclick="${CALL}`,
  `[^1]\n\n[^1]: <img src=x onerror=${CALL}>`,
  `> [!NOTE]\n> <img src=x onerror=${CALL}>`,
  `| a |\n|---|\n| <img src=x onerror=${CALL}> |`,
  `- [ ] <img src=x onerror=${CALL}>`,
  `<div>\n\n*x* <img src=x onerror=${CALL}>\n\n</div>`,
  `<div title="\n\n"><img src=x onerror=${CALL}>\n\n</div>`,
];

const fenced = (language: string, source: string): string => `\`\`\`${language}\n${source}\n\`\`\``;

const MERMAID: readonly string[] = [
  `flowchart LR\n A["<img src=x onerror=${CALL}>"] --> B`,
  `flowchart LR\n A --> B\n click A href "javascript:${CALL}"`,
  `flowchart LR\n A --> B\n click A call canary()`,
  `%%{init: {"securityLevel": "loose", "htmlLabels": true}}%%\nflowchart LR\n A["<b onclick=${CALL}>x</b><script>${CALL}</script>"] --> B`,
  `%%{init: {"themeCSS": "</style><script>${CALL}</script>"}}%%\nflowchart LR\n A --> B`,
  `%%{init: {"fontFamily": "x;}</style><script>${CALL}</script>"}}%%\nflowchart LR\n A --> B`,
  `sequenceDiagram\n participant A as <script>${CALL}</script>\n A->>A: <img src=x onerror=${CALL}>`,
  `sequenceDiagram\n participant A\n link A: x @ javascript:${CALL}\n A->>A: x`,
  `classDiagram\n class A\n click A href "javascript:${CALL}"`,
  `pie title <script>${CALL}</script>\n "<img src=x onerror=${CALL}>" : 1`,
  `flowchart LR\n <script>${CALL}</script>`,
];

const PLANTUML: readonly string[] = [
  `A -> B : [[javascript:${CALL} x]]`,
  `A -> B : <script>${CALL}</script>`,
  `title </text><script>${CALL}</script>\nA -> B`,
  `skinparam defaultFontName "x' onload='${CALL}"\nA -> B`,
  `class A [[javascript:${CALL}]]`,
  `A -> B : <img:javascript:${CALL}>`,
  `!include javascript:${CALL}`,
  `this is <script>${CALL}</script> no diagram`,
];

/** Markdown with a payload, to be a document of its own: whatever one of them breaks, the others stand. */
export const DOCUMENTS: readonly string[] = [
  ...HTML,
  ...MARKDOWN,
  ...MERMAID.map((source) => fenced('mermaid', source)),
  ...PLANTUML.map((source) => fenced('plantuml', source)),
];

/** Short enough for names and labels. */
export const NAMES: readonly string[] = [
  `<script>${CALL}</script>`,
  `<img src=x onerror=${CALL}>`,
  `"><svg/onload=${CALL}>`,
  `'onfocus='${CALL}' autofocus='`,
  `" autofocus onfocus="${CALL}`,
  `</title><script>${CALL}</script>`,
  `</script><script>${CALL}</script>`,
  `{{ constructor.constructor("${CALL}")() }}`,
  `\${${CALL}}`,
  `javascript:${CALL}`,
];

/** For every text of a specification, one after the other. */
export const TEXTS: readonly string[] = [...NAMES, ...HTML.slice(0, 30), ...MARKDOWN.slice(0, 10)];

/** In addresses and in fields of forms, which pages show again. */
export const TYPED: readonly string[] = [
  ...NAMES,
  `'"--></style></script><script>${CALL}</script>`,
  `//x\\javascript:${CALL}`,
  `%22%3E%3Cscript%3E${CALL}%3C/script%3E`,
];

/** How many there are, each counted once. */
export const PAYLOAD_COUNT = new Set([...DOCUMENTS, ...NAMES, ...TYPED]).size;

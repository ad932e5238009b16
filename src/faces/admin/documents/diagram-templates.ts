interface DiagramTemplate {
  readonly text: string;
  readonly language: 'mermaid' | 'plantuml';
  readonly source: string;
}

/** Beginnings of diagrams, to be inserted into a text. */
export const DIAGRAM_TEMPLATES: readonly DiagramTemplate[] = [
  {
    text: 'Flow chart',
    language: 'mermaid',
    source: 'flowchart LR\n  A[Request] --> B{Key valid?}\n  B -- yes --> C[Answer]\n  B -- no --> D[401]',
  },
  {
    text: 'Sequence',
    language: 'mermaid',
    source: 'sequenceDiagram\n  participant App\n  participant API\n  App->>API: GET /orders\n  API-->>App: 200 OK',
  },
  {
    text: 'States',
    language: 'mermaid',
    source: 'stateDiagram-v2\n  [*] --> Pending\n  Pending --> Approved\n  Pending --> Rejected\n  Approved --> [*]',
  },
  {
    text: 'Entities',
    language: 'mermaid',
    source: 'erDiagram\n  CUSTOMER ||--o{ ORDER : places\n  ORDER ||--|{ ITEM : contains',
  },
  {
    text: 'Sequence',
    language: 'plantuml',
    source: '@startuml\nactor User\nUser -> App: open\nApp -> API: GET /orders\nAPI --> App: 200 OK\n@enduml',
  },
  {
    text: 'Components',
    language: 'plantuml',
    source: '@startuml\n[App] --> [API]\n[API] --> [Database]\n@enduml',
  },
  {
    text: 'Classes',
    language: 'plantuml',
    source: '@startuml\nclass Order {\n  id: UUID\n  total: Money\n}\nOrder "1" *-- "many" Item\n@enduml',
  },
];

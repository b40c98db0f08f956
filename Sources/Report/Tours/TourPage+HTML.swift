extension TourPage {
  /// The whole page; well-formed XML, too.
  ///
  /// Colours are those of the reader's system, light or dark, each pair with a contrast of at least
  /// 4.5 to 1; nothing is said by colour alone.
  public var html: String {
    """
    <!DOCTYPE html>
    <html lang="en" xmlns="http://www.w3.org/1999/xhtml"><head><meta charset="utf-8"/>
    <meta name="viewport" content="width=device-width, initial-scale=1"/>
    <meta name="color-scheme" content="light dark"/>
    <title>\(PageText.escaped(title))</title><style>
    \(pageStyle)</style></head><body><main><h1>\(PageText.escaped(title))</h1>
    \(body)</main></body></html>

    """
  }
}

private let pageStyle = """
  :root { color-scheme: light dark; --paper: #ffffff; --soft: #f1f2f5; --ink: #1c1d22;
    --faint: #5b5e69; --line: #8b8f9c; --zero: #1f66ad; --one: #b3500c; --two: #2b7a3d;
    --three: #7a3fa0; --none: #6b6e78; --both: #5a2d82; --on: #ffffff; --mark: #b3122e;
    --agrees: #1d6b31; }
  @media (prefers-color-scheme: dark) { :root { --paper: #16171b; --soft: #23252c;
    --ink: #e9eaee; --faint: #a9acb8; --line: #7d818f; --zero: #7db8f0; --one: #f2a361;
    --two: #7fce92; --three: #cfa2ec; --none: #a5a8b3; --both: #d9b8f5; --on: #16171b;
    --mark: #ff8095; --agrees: #7fce92; } }
  body { background: var(--paper); color: var(--ink); margin: 0;
    font: 17px/1.55 system-ui, sans-serif; }
  main { max-width: 54rem; margin: 0 auto; padding: 1.5rem 1.2rem 4rem; }
  h1 { font-size: 1.7rem; line-height: 1.25; } h2 { font-size: 1.2rem; line-height: 1.35; }
  section { border-top: 1px solid var(--line); margin-top: 2.2rem; }
  .number { display: inline-block; min-width: 1.7em; text-align: center; border-radius: 1em;
    background: var(--ink); color: var(--paper); font-size: .9em; margin-right: .3em; }
  .hint, .command { color: var(--faint); margin: .4rem 0; font-size: .92rem; }
  details { margin: .35rem 0; } summary { cursor: pointer; padding: .3rem .6rem; }
  summary:focus-visible { outline: 3px solid var(--zero); }
  .answer summary { background: var(--soft); border-radius: .4rem; }
  .answer p { margin: .3rem 0 .6rem 1.6rem; font-weight: 600; }
  .agrees { color: var(--agrees); } .differs { color: var(--mark); }
  .run { margin-top: .9rem; } .run > summary { font-weight: 600; }
  .steps summary { color: var(--faint); }
  pre, code { font: 14px/1.45 ui-monospace, monospace; }
  pre { overflow-x: auto; background: var(--soft); padding: .8rem; border-radius: .4rem; }
  table { border-collapse: collapse; margin: .8rem 0; font-size: .95rem; }
  caption { text-align: left; color: var(--faint); padding-bottom: .2rem; }
  th, td { text-align: left; padding: .25rem .8rem .25rem 0; vertical-align: top;
    border-bottom: 1px solid var(--soft); font-weight: normal; }
  thead th { color: var(--faint); } .verdict { font-weight: 600; }
  .bad { color: var(--mark); } .good { color: var(--agrees); } .doubt { color: var(--one); }
  li.fault { color: var(--mark); }
  figure { margin: 1.2rem 0 .3rem; } figcaption { color: var(--faint); font-size: .92rem; }
  .scroll { overflow-x: auto; }
  svg { display: block; font: 14px system-ui, sans-serif; } svg text { fill: var(--ink); }
  svg .faint { fill: var(--faint); font-size: 12.5px; } svg .name { font-weight: 600; }
  svg .halo { paint-order: stroke; stroke: var(--paper); stroke-width: 4px; font-size: 12.5px; }
  .edge, .message, .thick, .life, .fault { fill: none; }
  .edge { stroke: var(--line); stroke-width: 1.3; } .head { fill: var(--line); }
  .message { stroke: var(--ink); stroke-width: 1.5; } .open { stroke-dasharray: 5 4; }
  .message-head { fill: var(--ink); }
  .thick { stroke: var(--mark); stroke-width: 3; } .thick-head { fill: var(--mark); }
  .life { stroke: var(--line); stroke-width: 1; stroke-dasharray: 2 3; }
  svg .fault { stroke: var(--mark); stroke-width: 2.5; } svg .fault-text { fill: var(--mark); }
  .step { fill: var(--ink); } .marked { fill: none; stroke: var(--mark); stroke-width: 2;
    stroke-dasharray: 6 4; }
  .fill-0 { fill: var(--zero); background: var(--zero); }
  .fill-1 { fill: var(--one); background: var(--one); }
  .fill-2 { fill: var(--two); background: var(--two); }
  .fill-3 { fill: var(--three); background: var(--three); }
  .fill-none { fill: var(--none); background: var(--none); }
  .fill-both { fill: var(--both); background: var(--both); }
  .ring { fill: none; stroke: var(--ink); stroke-width: 2; }
  .critical { fill: none; stroke: var(--mark); stroke-width: 2; stroke-dasharray: 3 3; }
  svg [class^="on-fill"] { fill: var(--on); font-weight: 600; }
  .legend { list-style: none; padding: 0; margin: .2rem 0 1rem; font-size: .92rem; }
  .legend li { display: inline-block; margin-right: 1.4rem; }
  .key { display: inline-block; min-width: 1.5em; height: 1.5em; border-radius: 1em;
    text-align: center; line-height: 1.5em; color: var(--on); font-weight: 600;
    vertical-align: middle; font-size: .8rem; }
  .key.ring { border: 2px solid var(--ink); box-sizing: border-box; }
  .key.critical { border: 2px dashed var(--mark); box-sizing: border-box; }
  .key.thick { background: var(--mark); height: 4px; border-radius: 2px; }

  """

/** The look of a report: ink on paper, one column on a phone, two where there is room. */
import { PALETTE } from './palette.ts';

export const STYLE = `${PALETTE}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--page);color:var(--ink);font:1rem/1.6 ui-sans-serif,system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
main{max-width:74rem;margin:0 auto;padding:clamp(1.5rem,5vw,4.5rem) clamp(1rem,4vw,3rem) 4rem}
h1,h2{font-family:ui-serif,"Iowan Old Style",Charter,"Palatino Linotype",Georgia,serif;font-weight:500;line-height:1.15;text-wrap:balance}
h1{margin:0;font-size:clamp(2.1rem,7vw,3.5rem);letter-spacing:-.015em;overflow-wrap:anywhere}
h2{margin:0 0 1.25rem;font-size:1.5rem}
h1+p{margin:.75rem 0 0;color:var(--muted);max-width:60ch}
section{margin-top:clamp(2.75rem,6vw,4.5rem)}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(8.5rem,1fr));gap:1.5rem 1.25rem;margin:clamp(2rem,5vw,3rem) 0 0;padding:1.5rem 0;border-block:1px solid var(--line)}
.figures div{display:flex;flex-direction:column-reverse;justify-content:flex-end}
.figures dt{color:var(--muted);font-size:.875rem;line-height:1.4}
.figures dd{margin:0;font:500 1.75rem/1.2 ui-serif,"Iowan Old Style",Charter,Georgia,serif;font-variant-numeric:lining-nums tabular-nums}
.warning{margin:2rem 0 0;padding:.875rem 1.125rem;border:1px solid var(--model);border-radius:3px;max-width:72ch;overflow-wrap:anywhere}
.warning b{color:var(--model)}
figure{margin:0}
figcaption{margin-top:.5rem;color:var(--muted);font-size:.875rem}
svg{display:block;max-width:100%;height:auto}
.sheet svg{width:100%;border:1px solid var(--line);border-radius:3px}
.way{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,9.5rem),1fr));gap:1.25rem;margin-top:1.5rem}
@media (min-width:60rem){.gallery{display:grid;grid-template-columns:minmax(0,8fr) minmax(0,5fr);gap:1.5rem;align-items:start}.way{margin:0}}
.charts{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,30rem),1fr));gap:1.25rem}
.chart{border:1px solid var(--line);border-radius:3px;overflow:hidden}
.chart svg{width:100%}
.narrow{display:none}
@media (max-width:34rem){.wide{display:none}.narrow{display:block}}
pre{margin:.35rem 0 1.25rem;padding:.75rem 1rem;overflow-x:auto;background:var(--paper);border:1px solid var(--line);border-radius:3px}
pre,code{font:.875rem/1.6 ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace}
.do p{margin:0}
.config{columns:17rem;column-gap:2.5rem;margin:0;font-size:.9375rem}
.config div{display:flex;justify-content:space-between;gap:1rem;padding:.3rem 0;border-bottom:1px solid var(--line);break-inside:avoid}
.config dt{color:var(--muted)}
.config dd{margin:0;font-variant-numeric:tabular-nums}
footer{margin-top:4rem;padding-top:1.25rem;border-top:1px solid var(--line);color:var(--muted);font-size:.875rem;overflow-wrap:anywhere}
footer p{margin:.25rem 0}
@media print{main{padding:0}section{break-inside:avoid}}
`;

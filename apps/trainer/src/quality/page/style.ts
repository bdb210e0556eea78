/** The look of a quality report: that of a run's, with tables, and classes that open. */
import { STYLE } from '../../run/report/style.ts';

export const QUALITY_STYLE = `${STYLE}
.figures dd small{display:block;font:400 .8125rem/1.4 ui-sans-serif,system-ui,sans-serif;color:var(--muted)}
section>p{margin:0 0 1.25rem;max-width:68ch}
.scroll{overflow-x:auto;border:1px solid var(--line);border-radius:3px;background:var(--paper)}
table{border-collapse:separate;border-spacing:0;width:100%;font-size:.9375rem;font-variant-numeric:lining-nums tabular-nums}
th,td{padding:.45rem .8rem;text-align:right;white-space:nowrap;border-bottom:1px solid var(--line)}
thead th{color:var(--muted);font-weight:400;vertical-align:bottom;white-space:normal;min-width:6.5rem;line-height:1.35}
th:first-child{text-align:left;font-weight:500;position:sticky;left:0;background:var(--paper)}
tbody tr:last-child>*{border-bottom:0}
td small{color:var(--muted)}
tr a,summary{color:inherit}
a{text-decoration-color:var(--line);text-underline-offset:.2em}
a:hover,a:focus-visible{text-decoration-color:currentColor}
.sheets{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,24rem),1fr));gap:1.25rem}
.sheets+.sheets{margin-top:1.25rem}
.wide-sheet{max-width:52rem}
details{border-top:1px solid var(--line);padding:.35rem 0}
details[open]{padding-bottom:1.75rem}
summary{cursor:pointer;padding:.6rem 0;display:flex;flex-wrap:wrap;gap:.15rem 1rem;align-items:baseline}
summary b{font:500 1.2rem/1.3 ui-serif,"Iowan Old Style",Charter,Georgia,serif;min-width:9rem}
summary b::before{content:"+";display:inline-block;width:1.1em;color:var(--muted);font-weight:400}
details[open] summary b::before{content:"\\2212"}
summary::-webkit-details-marker{display:none}
summary span{color:var(--muted);font-size:.875rem}
:focus-visible{outline:2px solid var(--model);outline-offset:2px}
.charts{margin-top:1.5rem}
@media (max-width:34rem){table{font-size:.875rem}th,td{padding:.45rem .55rem}thead th{min-width:5rem}}
`;

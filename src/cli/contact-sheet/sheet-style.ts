/** The look of a contact sheet: like a light table, dark when the editor's system is. */
export const sheetStyle = `
:root{color-scheme:light dark;--ground:#f4f4f1;--paper:#fff;--ink:#1b1c1e;--soft:#62656b;--line:#dcdcd6;--bar:#3d6b8f;--error:#b3261e;--warning:#9a6200;--fine:#2c6e49;--error-soft:#fbe5e2;--warning-soft:#faeed7;--fine-soft:#e2f0e7}
@media(prefers-color-scheme:dark){:root{--ground:#16171a;--paper:#202226;--ink:#ececea;--soft:#a0a3a9;--line:#34373d;--bar:#4a7aa1;--error:#ff8a7f;--warning:#f0bb5c;--fine:#7fcb9d;--error-soft:#48211e;--warning-soft:#40321a;--fine-soft:#1d3527}}
*{box-sizing:border-box}
html{scroll-behavior:smooth;scroll-padding-top:16px}
body{margin:0 auto;max-width:1720px;padding:28px clamp(16px,3vw,44px) 40px;background:var(--ground);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI","PingFang SC","Noto Sans CJK SC",sans-serif;font-variant-numeric:tabular-nums}
a{color:inherit}
a:focus-visible,input:focus-visible{outline:2px solid var(--bar);outline-offset:2px}
header{display:flex;flex-wrap:wrap;gap:8px 24px;align-items:end;justify-content:space-between;margin-bottom:22px}
h1{margin:0;font-size:clamp(22px,2.6vw,32px);font-weight:650;letter-spacing:-.015em;line-height:1.2;text-wrap:balance}
header p{margin:4px 0 0;color:var(--soft)}
.verdict{display:flex;gap:8px}
b.error,b.warning,b.fine{display:inline-block;padding:2px 10px;border-radius:99px;font-weight:600;font-size:13px;white-space:nowrap;color:var(--error);background:var(--error-soft)}
b.warning{color:var(--warning);background:var(--warning-soft)}
b.fine{color:var(--fine);background:var(--fine-soft)}
section{background:var(--paper);border:1px solid var(--line);border-radius:12px;padding:16px 20px;margin-bottom:20px}
ol{list-style:none;margin:0;padding:0}
.time{overflow-x:auto}
.time div:first-child{min-width:620px}
.time .lanes{min-width:0}
.chapters,.ticks{position:relative;height:22px;font-size:12px;color:var(--soft)}
.chapters{height:26px}
.chapters li,.ticks li{position:absolute;padding-left:5px;border-left:1px solid var(--line);white-space:nowrap;line-height:20px;overflow:hidden;text-overflow:ellipsis}
.chapters b{font-weight:600;color:var(--ink)}
.ticks{margin-top:6px}
.lanes{position:relative}
.bar{position:absolute;height:18px;min-width:3px;border-radius:5px;background:var(--bar);color:#fff;font-size:11.5px;line-height:18px;text-decoration:none;overflow:hidden}
.bar span{display:block;padding:0 7px;overflow:hidden;white-space:nowrap;text-overflow:ellipsis}
.bar.warning{background:#9a6200}
.bar.error{background:#b3261e}
.bar:hover{filter:brightness(1.12)}
h2{margin:0 0 8px;font-size:16px;font-weight:650}
.report{overflow-x:auto}
table{border-collapse:collapse;width:100%}
th{font-weight:500;color:var(--soft);font-size:13px;text-align:start}
th,td{padding:7px 18px 7px 0;vertical-align:baseline;border-top:1px solid var(--line)}
thead th{border:0;padding-top:0}
td:nth-child(2){white-space:nowrap}
td:last-child{min-width:22em;padding-right:0}
td:last-child::first-letter,figcaption li::first-letter{text-transform:uppercase}
@media(max-width:700px){table,tbody,tr,td{display:block}thead{display:none}tr{border-top:1px solid var(--line);padding:10px 0}tr:first-child{border:0}td{border:0;padding:1px 0}td:nth-child(-n+2){display:inline-block;margin-right:10px}td:last-child{min-width:0}}
nav{display:flex;flex-wrap:wrap;gap:8px;margin:26px 0 14px}
nav label{padding:4px 14px;border:1px solid var(--line);border-radius:99px;background:var(--paper);cursor:pointer}
nav label:has(:checked){background:var(--ink);border-color:var(--ink);color:var(--ground)}
nav label:focus-within{outline:2px solid var(--bar);outline-offset:2px}
nav input{position:absolute;opacity:0}
body:has(#show-found:checked) figure:not(.warning,.error),body:has(#show-errors:checked) figure:not(.error){display:none}
main{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,380px),1fr));gap:20px}
figure{margin:0;background:var(--paper);border:1px solid var(--line);border-radius:12px;overflow:hidden}
figure:target{outline:3px solid var(--bar);outline-offset:2px}
figure.warning{border-color:#b57514}
figure.error{border-color:#b3261e}
.still{position:relative;background:#20242b}
.still a,.still span,.still img{display:block;width:100%;height:100%}
.still img{object-fit:cover}
.still i{position:absolute;width:22px;height:22px;margin:-11px;border:3px solid #fff;border-radius:50%;box-shadow:0 0 0 2px #0009,inset 0 0 0 2px #0006}
.number,time{position:absolute;left:10px;bottom:10px;min-width:26px;padding:0 7px;border-radius:99px;background:#000b;color:#fff;font-size:12.5px;line-height:24px;text-align:center;font-weight:600}
time{left:auto;right:10px;font-weight:400}
figcaption{display:grid;grid-template-columns:1fr auto;gap:1px 12px;padding:12px 16px 14px}
h3{margin:0;font-size:15px;font-weight:600;line-height:1.35}
figcaption p{margin:0;grid-column:1/-1;color:var(--soft);font-size:13.5px}
figcaption .id{font-size:12px;overflow-wrap:anywhere}
figcaption ul{grid-column:1/-1;list-style:none;margin:10px 0 0;padding:0;display:grid;gap:6px}
figcaption li{padding:6px 10px;border-radius:8px;font-size:13px;background:var(--warning-soft)}
figcaption li b{color:var(--warning)}
figcaption li.error{background:var(--error-soft)}
figcaption li.error b{color:var(--error)}
footer{margin-top:28px;color:var(--soft);font-size:13px}
@media print{body{max-width:none;background:#fff}nav{display:none}main{grid-template-columns:repeat(3,1fr);gap:12px}figure{break-inside:avoid}}
`

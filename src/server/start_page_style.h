// The style of the start page; colours, shapes and voices are those of the design language.
#pragma once

namespace kith {

inline constexpr char kStartPageStyle[] = R"css(
:root{color-scheme:light dark;--paper:#FBF7F0;--surface:#FFFDF9;--sunk:#F4EDE2;--line:#E8DECF;--ink:#2A2521;--ink-2:#5A5148;
--ink-3:#6F665B;--pine:#2B5A4C;--on-pine:#FFFFFF;--pine-soft:#DFECE5;--pine-ink:#1E4539;--clay:#A54A2A;--clay-soft:#F9E5D8;
--focus:#1B6A8C;--lift:0 1px 2px rgb(60 40 20/.06),0 8px 24px rgb(60 40 20/.07);
--ui:Figtree,ui-sans-serif,system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;
--voice:Newsreader,"Iowan Old Style","Source Serif 4",Charter,"Noto Serif",Georgia,serif;
--code:ui-monospace,"SF Mono",Menlo,"DejaVu Sans Mono",Consolas,monospace}
@media (prefers-color-scheme:dark){:root{--paper:#1A1714;--surface:#221E1A;--sunk:#14110F;--line:#3B342D;--ink:#F4EDE3;
--ink-2:#CCC2B5;--ink-3:#A89D90;--pine:#93CAB5;--on-pine:#0E231C;--pine-soft:#21362E;--pine-ink:#B9E0D1;--clay:#EDA582;
--clay-soft:#41281C;--focus:#7CC4E3;--lift:none}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 var(--ui);-webkit-text-size-adjust:100%}
main{max-inline-size:720px;margin-inline:auto;padding:64px 24px 48px}
header{display:flex;flex-direction:column;gap:16px;margin-block-end:48px}
.mark{inline-size:56px;block-size:56px;margin-inline-start:-4px}
.mark .one{fill:var(--pine)}.mark .two{fill:var(--clay)}.mark .both{fill:var(--paper)}
h1{margin:0;font-size:44px;line-height:1.18;font-weight:650;letter-spacing:-.02em;text-wrap:balance}
.about{margin:0;font-size:19px;color:var(--ink-2);max-inline-size:34em;text-wrap:pretty}
section{background:var(--surface);border:1px solid var(--line);border-radius:20px;box-shadow:var(--lift);padding:24px;
margin-block-end:24px}
h2{margin:0 0 12px;font-size:19px;line-height:1.18;font-weight:650}
p{margin:0 0 12px;color:var(--ink-2)}
p:last-child{margin-block-end:0}
pre{margin:0 0 16px;padding:16px;background:var(--sunk);border-radius:14px;overflow-x:auto;color:var(--ink);
font:13.5px/1.6 var(--code);tab-size:2}
pre:last-child{margin-block-end:0}
code{font-family:var(--code);font-size:.9em;color:var(--ink)}
.doors{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(260px,100%),1fr));gap:16px;margin-block-end:24px}
.door{display:flex;flex-direction:column;gap:4px;padding:24px;background:var(--surface);border:1px solid var(--line);
border-radius:20px;box-shadow:var(--lift);text-decoration:none;color:var(--ink);transition:border-color 160ms ease-out}
.door:hover{border-color:var(--pine)}
.door strong{font-size:23px;line-height:1.18;font-weight:650;color:var(--pine)}
.door span{color:var(--ink-2)}
@media (prefers-reduced-motion:reduce){.door{transition:none}}
.well{display:inline-flex;align-self:flex-start;align-items:center;gap:8px;padding:4px 12px;border-radius:999px;background:var(--pine-soft);
color:var(--pine-ink);font-size:13.5px}
.well::before{content:"";inline-size:8px;block-size:8px;border-radius:50%;background:var(--pine)}
footer{color:var(--ink-3);font-size:13.5px;padding-block-start:8px}
a{color:var(--pine);text-underline-offset:3px}
:focus-visible{outline:2px solid var(--focus);outline-offset:2px;border-radius:8px}
@media (max-width:480px){pre{white-space:pre-wrap;overflow-wrap:anywhere}main{padding:32px 16px}header{margin-block-end:32px}h1{font-size:33px}.about{font-size:17px}
section{padding:16px;border-radius:14px}}
)css";

}  // namespace kith

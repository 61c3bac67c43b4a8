"""One article in the page shapes that content systems make: written by hand after their habits, no site's own markup.

Every shape holds TITLE, the paragraphs P1 to P4 with H between them, and around them what such pages have besides.
"""

from __future__ import annotations

TITLE = "Norwegen liefert zwölf Werfer an Estland"
LEAD = "Nach langem Zögern gibt das Land seine ältesten Werfer ab. In Tallinn ist man erleichtert."
P1 = (
    "Norwegen hat nach eigenen Angaben zwölf Werfer an Estland geliefert. Die Fahrzeuge seien am Dienstag im Hafen von "
    "Tallinn angekommen, teilte das Ministerium mit."
)
P2 = (
    "Estland hatte im vergangenen Jahr um die Werfer gebeten. Damals war noch von sechs Fahrzeugen die Rede gewesen, "
    "wie aus einem Schreiben der Regierung hervorgeht."
)
H = "Weitere Lieferungen geplant"
P3 = (
    "Auch Lettland wartet auf Werfer. Die Verträge darüber seien unterschrieben, hieß es am Abend aus Riga, doch einen "
    "Zeitplan gebe es nicht."
)
P4 = "Der Sprecher wollte sich zu den Kosten nicht äußern. „Darüber reden wir, wenn es so weit ist“, sagte er."
BODY = f"<p>{P1}</p><p>{P2}</p><h2>{H}</h2><p>{P3}</p><p>{P4}</p>"
T1 = "Der Hafen von Riga wird in diesem Sommer zum dritten Mal erweitert. Das Land gibt dafür viel Geld aus."
T2 = "Ein neuer Bericht zählt die Panzer der Nachbarn. Die Zahlen überraschen selbst Fachleute im Ministerium."
T3 = "Warum der Winter in diesem Jahr so früh kommt. Drei Forscherinnen erklären die Lage über dem Meer."


def ld(*objects: str) -> str:
    return "".join(f'<script type="application/ld+json">{o}</script>' for o in objects)


NEWS = (
    '{"@context":"https://schema.org","@type":"NewsArticle","headline":"' + TITLE + '",'
    '"datePublished":"2023-05-03T10:15:00+02:00","dateModified":"2023-05-09T08:00:00+02:00",'
    '"author":[{"@type":"Person","name":"Karla Muster"}],"publisher":{"@type":"Organization","name":"Beispielblatt"}}'
)
TEASER_LIST = "".join(
    f'<div class="{{c}}"><a href="/{n}"><h3>{t.split(".")[0]}</h3></a><p>{t}</p></div>'
    for n, t in enumerate((T1, T2, T3))
)


def page(head: str, body: str, tag: str = '<html lang="de">') -> str:
    return f"<!doctype html>{tag}<head><meta charset='utf-8'>{head}</head><body>{body}</body></html>"


SHAPES: dict[str, str] = {
    # WordPress with a plug-in graph: author and site by reference, sharing and related blocks of plug-ins
    "wordpress-graph": page(
        f"<title>{TITLE} - Beispielblatt</title><meta property='og:title' content='{TITLE} - Beispielblatt'>"
        "<meta name='author' content='kmuster'>"
        + ld(
            '{"@graph":[{"@type":"WebPage","@id":"https://b.example/a","name":"' + TITLE + ' - Beispielblatt",'
            '"datePublished":"2023-05-03T08:15:00+00:00","dateModified":"2023-05-09T08:00:00+00:00"},'
            '{"@type":"Article","@id":"https://b.example/a#article","headline":"' + TITLE + '",'
            '"author":{"name":"Karla Muster","@id":"https://b.example/#/person/1"}},'
            '{"@type":"Person","@id":"https://b.example/#/person/1","name":"Karla Muster","description":"' + T1 + '"},'
            '{"@type":"WebSite","name":"Beispielblatt"}]}'
        ),
        '<header id="masthead"><p class="site-title"><a href="/">Beispielblatt</a></p></header><main><article '
        'class="post-17 post type-post status-publish has-post-thumbnail category-politik tag-werfer">'
        f'<header class="entry-header"><h1 class="entry-title">{TITLE}</h1><div class="entry-meta">'
        '<span class="posted-on">3. Mai 2023</span> <span class="byline">von <a href="/author/km">Karla Muster</a></span>'
        f'</div></header><div class="entry-content">{BODY}<div class="sharedaddy sd-sharing-enabled"><h3 '
        'class="sd-title">Teilen mit:</h3><ul><li><a href="#">Klick, um auf Dings zu teilen</a></li></ul></div>'
        '<div id="jp-relatedposts" class="jp-relatedposts"><h3><em>Ähnliche Beiträge</em></h3>'
        f'<div><h4><a href="/1">Hafen</a></h4><p>{T1}</p></div></div></div><footer class="entry-footer">Kategorien: '
        '<a href="/k">Politik</a></footer></article><nav class="post-navigation"><a href="/v">Vorheriger Beitrag</a></nav>'
        f'<section class="author-info"><h2>Über die Autorin</h2><p>Karla Muster schreibt seit zehn Jahren. {T2}</p>'
        '</section><div id="comments" class="comments-area"><h2>2 Gedanken zu „Werfer“</h2><ol><li '
        f'class="comment"><p>{T3}</p></li></ol></div></main>',
    ),
    # Drupal: a field wrapper for everything, labels hidden, body in separate paragraphs
    "drupal-paragraphs": page(
        f"<title>{TITLE} | Beispielblatt</title><meta property='og:site_name' content='Beispielblatt'>"
        "<meta property='article:published_time' content='2023-05-03T10:15:00+0200'>",
        '<div class="dialog-off-canvas-main-canvas"><header role="banner"><a href="/">Beispielblatt</a></header>'
        '<div class="node node--type-article node--view-mode-full"><h1 class="page-title"><span class="field '
        f'field--name-title field--type-string field--label-hidden">{TITLE}</span></h1>'
        '<div class="field field--name-field-author field--label-inline"><div class="field__label">Autor</div>'
        '<div class="field__item">Karla Muster</div></div>'
        + "".join(
            '<div class="paragraph paragraph--type--text paragraph--view-mode--default"><div class="clearfix '
            "text-formatted field field--name-field-text field--type-text-with-summary field--label-hidden "
            f'field__item">{part}</div></div>'
            for part in (f"<p>{P1}</p>", f"<p>{P2}</p>", f"<h2>{H}</h2><p>{P3}</p>", f"<p>{P4}</p>")
        )
        + '<div class="field field--name-field-tags field--label-above"><a href="/t">Werfer</a></div></div>'
        '<div class="views-element-container block block-views-blockrelated-block-1"><h2>Mehr zum Thema</h2>'
        f'<div class="views-row"><h3><a href="/1">Der Hafen</a></h3><p>{T1}</p></div></div></div>',
    ),
    # TYPO3: content elements in frames, text beside pictures
    "typo3-frames": page(
        f"<title>Beispielblatt: {TITLE}</title><meta name='date' content='2023-05-03'>"
        "<meta name='author' content='Karla Muster'>",
        '<div class="tx-news news-single"><div class="article" itemscope itemtype="http://schema.org/Article"><h1 '
        f'itemprop="headline">{TITLE}</h1><div class="news-text-wrap" itemprop="articleBody"><div id="c1" class="frame '
        'frame-default frame-type-textmedia frame-layout-0"><div class="ce-textpic ce-right ce-intext"><div '
        'class="ce-gallery"><figure class="image"><img src="a.jpg"><figcaption class="image-caption">Werfer am Hafen'
        f'</figcaption></figure></div><div class="ce-bodytext"><p>{P1}</p><p>{P2}</p></div></div></div><div id="c2" '
        f'class="frame frame-default frame-type-text"><h2>{H}</h2><p>{P3}</p><p>{P4}</p></div></div></div>'
        '<div class="news-related-wrap"><h4>Verwandte Nachrichten</h4><ul><li><a href="/1">Hafen</a></li></ul></div>'
        '<div class="news-backlink-wrap"><a href="/">Zurück</a></div></div>',
    ),
    # styles as utility classes: words such as hidden, overflow, group that say nothing of the content
    "utility-classes": page(
        f"<title>{TITLE} | Beispielblatt</title><meta property='og:title' content='{TITLE}'>" + ld(NEWS),
        '<div class="relative overflow-hidden"><div class="print:hidden md:flex hidden"><a href="/">Start</a></div>'
        '<main class="mx-auto max-w-screen-lg"><article class="grid grid-cols-12"><h1 class="text-4xl">'
        + TITLE
        + "</h1>"
        + "".join(
            f'<div class="col-span-8 mb-4 overflow-hidden"><p class="text-lg break-words print:text-base">{p}</p></div>'
            for p in (P1, P2)
        )
        + f'<h2 class="text-2xl">{H}</h2>'
        + "".join(
            f'<div class="col-span-8 mb-4 overflow-x-hidden md:hidden-none"><p class="text-lg">{p}</p></div>'
            for p in (P3, P4)
        )
        + "</article></main></div>",
    ),
    # a story as cards of a component system, each paragraph its own div with a test id
    "component-divs": page(
        f"<title>{TITLE} | Beispielblatt</title><meta property='og:title' content='{TITLE}'>" + ld(NEWS),
        '<header data-testid="Header"><nav><a href="/">World</a></nav></header><main><article '
        f'data-testid="Article"><div data-testid="Heading"><h1>{TITLE}</h1></div><div data-testid="AuthorByline">By '
        '<a href="/k">Karla Muster</a></div><div class="article-body__wrapper__3IxHM">'
        + "".join(
            f'<div data-testid="paragraph-{n}" class="text__text__1FZLe text__dark-grey__3Ml43">{p}</div>'
            for n, p in enumerate((P1, P2))
        )
        + f'<div data-testid="Ad"><span>Advertisement</span></div><h2 data-testid="Heading">{H}</h2>'
        + "".join(
            f'<div data-testid="paragraph-{n}" class="text__text__1FZLe">{p}</div>' for n, p in enumerate((P3, P4), 2)
        )
        + '</div><div data-testid="ArticleTags"><a href="/t">Europe</a></div></article><aside '
        f'data-testid="ReadNext">{TEASER_LIST.format(c="media-story-card")}</aside></main>',
    ),
    # portal of several papers: everything carries the same prefix, boxes amid the text
    "portal-elements": page(
        f"<title>{TITLE}</title><meta property='og:title' content='{TITLE}'>"
        + ld(NEWS.replace('[{"@type":"Person","name":"Karla Muster"}]', '[{"@type":"Person","name":"Karla Muster"}]')),
        '<div class="id-Page"><article class="id-Article"><div class="id-Article-header"><span '
        f'class="id-StoryElement-kicker">Lieferung</span><h1 class="id-StoryElement-headline">{TITLE}</h1><div '
        'class="id-Article-date">Stand: 03.05.2023, 10:15 Uhr</div><div class="id-Article-authors">Von: <a href="/k">'
        f'Karla Muster</a></div></div><p class="id-StoryElement-leadText">{LEAD}</p><p '
        f'class="id-StoryElement-paragraph">{P1}</p><p class="id-StoryElement-paragraph">{P2}</p><div '
        'class="id-StoryElement-factBox"><h2>Transparenzhinweis</h2><p>Dieser Text wurde mit Unterstützung eines '
        f'Programms erstellt und vor der Veröffentlichung geprüft.</p></div><h2 class="id-StoryElement-crosshead">{H}</h2>'
        f'<p class="id-StoryElement-paragraph">{P3}</p><div class="id-StoryElement-embed">Empfohlener redaktioneller '
        f'Inhalt</div><p class="id-StoryElement-paragraph">{P4}</p></article><div class="id-Teaser-list">'
        f"{TEASER_LIST.format(c='id-Teaser-el')}</div></div>",
    ),
    # all boxes without a class that says anything: only links and headings tell teasers from text
    "nameless-teasers": page(
        f"<title>{TITLE} - Beispielblatt</title>" + ld(NEWS),
        f'<div class="a1"><div class="b2"><h1>{TITLE}</h1><div class="c3">{BODY}</div><div class="d4"><h2>Mehr aus '
        f"Europa</h2>{TEASER_LIST.format(c='x9')}</div></div></div>",
    ),
    "nameless-teasers-within": page(
        f"<title>{TITLE} - Beispielblatt</title>" + ld(NEWS),
        f'<div class="a1"><h1>{TITLE}</h1><div class="c3"><p>{P1}</p><div class="k"><a href="/1"><h4>Der Hafen wird '
        f"größer</h4><p>{T1}</p></a></div><p>{P2}</p><h2>{H}</h2><p>{P3}</p><div class='k'><h4><a href='/2'>Panzer "
        f"gezählt</a></h4><p>{T2}</p></div><p>{P4}</p></div></div>",
    ),
    # the paper's name as the first heading of the page, the article's as the second
    "heading-is-logo": page(
        f"<title>{TITLE} :: Das Beispielblatt Online</title><meta property='og:site_name' content='Das Beispielblatt'>"
        + ld(NEWS),
        '<div id="top"><h1 class="logo"><a href="/">Das Beispielblatt Online</a></h1></div><div id="content"><h2 '
        f'class="headline">{TITLE}</h2>{BODY}</div>',
    ),
    # AMP
    "amp": page(
        f"<title>{TITLE}</title><link rel='canonical' href='https://b.example/a'>" + ld(NEWS),
        '<amp-sidebar id="s" layout="nodisplay"><ul><li><a href="/">Start</a></li></ul></amp-sidebar><article '
        f'class="amp-wp-article"><header class="amp-wp-article-header"><h1 class="amp-wp-title">{TITLE}</h1><div '
        'class="amp-wp-meta amp-wp-byline"><span class="amp-wp-author author vcard">Karla Muster</span></div></header>'
        '<figure class="amp-wp-article-featured-image wp-caption"><amp-img src="a.jpg"></amp-img><p '
        f'class="wp-caption-text">Werfer am Hafen</p></figure><div class="amp-wp-article-content">{BODY}</div></article>',
        "<html amp lang='de'>",
    ),
    # print view: no fields, address and rights as lines
    "print-view": page(
        f"<title>{TITLE} - Drucken</title>",
        f"<table><tr><td><b>Beispielblatt</b></td></tr><tr><td><h1>{TITLE}</h1>Von Karla Muster<br>3. Mai 2023, 10:15 "
        f"Uhr<p>{P1}</p><p>{P2}</p><h2>{H}</h2><p>{P3}</p><p>{P4}</p><hr>URL: https://b.example/a<br><br>© 2023 "
        "Beispielblatt GmbH. Alle Rechte vorbehalten.</td></tr></table>",
    ),
    # paragraphs parted by two line breaks inside one box
    "line-breaks": page(
        f"<title>{TITLE}</title>" + ld(NEWS),
        f"<div id='main'><h1>{TITLE}</h1><div class='text'>{P1}<br><br>{P2}<br><br><h2>{H}</h2>{P3}<br /><br />{P4}</div>"
        "</div>",
    ),
    # paywall: the start is free, an offer follows, the rest is in the page for those who pay
    "paywall": page(
        f"<title>{TITLE} | Beispielblatt</title><meta property='og:title' content='{TITLE}'>" + ld(NEWS),
        f'<main><article><h1>{TITLE}</h1><p class="article__paragraph">{P1}</p><div class="c-offer"><h3>Jetzt '
        "weiterlesen</h3><p>Sie haben bereits ein Abo? Hier anmelden.</p><p>Testen Sie Beispielblatt Plus vier Wochen "
        'für 1 Euro, danach 9,99 Euro im Monat. Jederzeit kündbar.</p></div><div class="article__paid paywall">'
        f"<p>{P2}</p><h2>{H}</h2><p>{P3}</p><p>{P4}</p></div></article></main>",
    ),
    # cookie layer before the page, longer than the article
    "cookie-layer": page(
        f"<title>{TITLE} | Beispielblatt</title>" + ld(NEWS),
        '<div id="cookie-consent-layer" role="dialog"><h2>Wir brauchen Ihre Zustimmung</h2>'
        + f"<p>Wir und unsere 214 Partner speichern Informationen auf Ihrem Gerät und greifen darauf zu. {T1}</p>" * 6
        + f"</div><article><h1>{TITLE}</h1>{BODY}</article>",
    ),
    # several articles described in the page's data, the article itself last
    "many-articles-in-data": page(
        f"<title>{TITLE} | Beispielblatt</title><link rel='canonical' href='https://b.example/a'>"
        + ld(
            '[{"@type":"NewsArticle","headline":"Panzer gezählt","datePublished":"2021-01-01","url":"https://b.example/p",'
            '"author":{"name":"Jan Beispiel"}},{"@type":"NewsArticle","headline":"Hafen","datePublished":"2020-02-02",'
            '"url":"https://b.example/h","author":{"name":"Otto Probe"}}]',
            NEWS.replace('"headline"', '"mainEntityOfPage":{"@id":"https://b.example/a"},"headline"'),
        ),
        f"<article><h1>{TITLE}</h1>{BODY}</article>",
    ),
    # article cards of others above it, each with a time of its own
    "cards-above": page(
        f"<title>{TITLE} | Beispielblatt</title><meta property='og:title' content='{TITLE}'>"
        "<meta name='author' content='Karla Muster'>",
        '<section class="headlines-bar">'
        + "".join(
            f'<article><time datetime="2022-0{n}-01">1.{n}.2022</time><h3><a href="/{n}">Etwas anderes {n}</a></h3></article>'
            for n in (1, 2, 3)
        )
        + f'</section><article><h1>{TITLE}</h1><div class="info">Karla Muster <time datetime="2023-05-03T10:15">3.5.2023'
        f"</time></div>{BODY}</article>",
    ),
    # live blog: newest post first
    "live-blog": page(
        f"<title>{TITLE} - Liveblog</title><meta property='og:title' content='{TITLE}'>"
        + ld(NEWS.replace("NewsArticle", "LiveBlogPosting")),
        f'<main><h1>{TITLE}</h1><div class="liveblog">'
        + f'<div class="post"><time>14:20</time><p>{P1}</p></div><div class="post"><time>13:05</time><p>{P2}</p></div>'
        f'<h2>{H}</h2><div class="post"><time>12:00</time><p>{P3}</p></div><div class="post"><time>11:15</time><p>{P4}</p>'
        "</div></div></main>",
    ),
    # boxes amid the text whose names say nothing, known by their words
    "boxes-by-words": page(
        f"<title>{TITLE} | Beispielblatt</title><meta property='og:title' content='{TITLE}'>" + ld(NEWS),
        f'<article><h1>{TITLE}</h1><p>{P1}</p><p><strong>Lesen Sie auch: <a href="/1">Der Hafen wird größer</a></strong>'
        f"</p><p>{P2}</p><div class='q1'><h3>Newsletter</h3><p>Melden Sie sich für unseren Newsletter an und erhalten "
        f"Sie jeden Morgen das Wichtigste aus der Region.</p></div><h2>{H}</h2><p>{P3}</p><p>[Folgen Sie uns auf "
        f"Facebook, um nichts zu verpassen.]</p><p>{P4}</p><p>Dieser Artikel erschien zuerst im Beispielblatt.</p>"
        "<p>© Beispielblatt, dpa-infocom, dpa:230503-99-123456/2</p></article>",
    ),
    # authors with offices and places, agencies among them
    "author-block": page(
        f"<title>{TITLE} | Beispielblatt</title><meta property='og:title' content='{TITLE}'>"
        "<meta property='article:published_time' content='2023-05-03T10:15:00+02:00'>",
        f'<article><header><h1>{TITLE}</h1><div class="article-author"><img src="k.jpg" alt="Porträt"><a '
        'href="/autor/k">Karla Muster</a><span class="role">Korrespondentin für Nordeuropa</span></div><time '
        f'datetime="2023-05-03T10:15:00+02:00">3. Mai 2023</time></header>{BODY}</article>',
    ),
    # captions without figure, gallery with a counter, credit in a small element
    "captions": page(
        f"<title>{TITLE} | Beispielblatt</title><meta property='og:title' content='{TITLE}'>" + ld(NEWS),
        f'<article><h1>{TITLE}</h1><div class="kopf"><picture><img src="a.jpg"></picture><div>Ein Werfer im Hafen von '
        f"Tallinn. <small>© Jan Beispiel/dpa</small></div></div><p>{P1}</p><p>{P2}</p><div class='slides'><span>1 / 3"
        f"</span><img src='b.jpg'><p>Soldaten beim Entladen der Fahrzeuge.</p></div><h2>{H}</h2><p>{P3}</p><p>{P4}</p>"
        "</article>",
    ),
}

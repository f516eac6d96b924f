using System.Globalization;
using System.Net;
using System.Text;

namespace Tidegate.Insight.Reports.Writing;

/// <summary>Writes a page as one HTML file that needs nothing else: no scripts, nothing fetched, black on white where it is printed. Whatever somebody named something, it stays text.</summary>
internal static class HtmlReport
{
    /// <summary>What a browser may do with it: show its own style, and nothing else.</summary>
    public const string Policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private const string Style = """
        :root{color-scheme:light dark;--ink:#1b1f24;--soft:#57606a;--line:#d0d7de;--paper:#fff;--band:#f6f8fa;--good:#116329;--bad:#a40e26;--warn:#7d4e00}
        @media (prefers-color-scheme:dark){:root{--ink:#e6edf3;--soft:#9198a1;--line:#3d444d;--paper:#0d1117;--band:#151b23;--good:#3fb950;--bad:#ff7b72;--warn:#d29922}}
        *{box-sizing:border-box}
        body{margin:0 auto;padding:2rem;max-width:80rem;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
        h1{font-size:1.7rem;margin:0 0 .5rem}h2{font-size:1.25rem;margin:2rem 0 .5rem;border-bottom:1px solid var(--line)}h3{font-size:1rem;margin:1.2rem 0 .3rem}
        dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem 1rem;margin:0}dt{color:var(--soft)}dd{margin:0}
        p{margin:.4rem 0;max-width:70rem}.note{border-left:3px solid var(--warn);padding:.2rem .8rem;background:var(--band)}
        .wide{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.87rem;margin:.5rem 0}
        th,td{border:1px solid var(--line);padding:.35rem .5rem;text-align:left;vertical-align:top;overflow-wrap:break-word;min-width:4rem}th{background:var(--band)}.right{text-align:right;font-variant-numeric:tabular-nums}
        .good{color:var(--good);font-weight:600}.bad{color:var(--bad);font-weight:600}.warn{color:var(--warn);font-weight:600}.none{color:var(--soft);font-style:italic}
        figure{margin:.8rem 0}figcaption{color:var(--soft);font-size:.85rem}svg{display:block;width:100%;max-width:48rem;height:6.5rem}
        @media print{:root{--ink:#000;--soft:#333;--line:#999;--paper:#fff;--band:#fff;--good:#000;--bad:#000;--warn:#000}body{padding:0;max-width:none;font-size:10pt}h2{break-after:avoid}tr,figure{break-inside:avoid}thead{display:table-header-group}.wide{overflow:visible}table{font-size:7.5pt}th,td{min-width:0;padding:.15rem .25rem}}
        @page{size:A4 landscape;margin:12mm}
        """;

    /// <summary>The file.</summary>
    public static string Write(ReportPage page)
    {
        var html = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
            .Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>").Append(Escape(page.Title)).Append("</title>\n<style>\n").Append(Style).Append("\n</style>\n</head>\n<body>\n<main>\n<h1>")
            .Append(Escape(page.Title)).Append("</h1>\n<dl>\n");
        foreach (var (name, value) in page.Facts) html.Append("<dt>").Append(Escape(name)).Append("</dt><dd>").Append(Escape(value)).Append("</dd>\n");
        html.Append("</dl>\n");
        foreach (var note in page.Notes) html.Append("<p class=\"note\">").Append(Escape(note)).Append("</p>\n");
        foreach (var section in page.Sections) Write(html, section);
        return html.Append("</main>\n</body>\n</html>\n").ToString();
    }

    private static void Write(StringBuilder html, ReportPart section)
    {
        html.Append(CultureInfo.InvariantCulture, $"<h{section.Level}>").Append(Escape(section.Title)).Append(CultureInfo.InvariantCulture, $"</h{section.Level}>\n");
        foreach (var paragraph in section.Text) html.Append("<p>").Append(Escape(paragraph)).Append("</p>\n");
        if (section.Bars.Count > 0) Bars(html, section);
        if (section.Columns.Count == 0) return;
        html.Append("<div class=\"wide\">\n<table>\n<thead><tr>");
        for (var i = 0; i < section.Columns.Count; i++) html.Append(section.Right.Contains(i) ? "<th scope=\"col\" class=\"right\">" : "<th scope=\"col\">").Append(Escape(section.Columns[i])).Append("</th>");
        html.Append("</tr></thead>\n<tbody>\n");
        foreach (var row in section.Rows)
        {
            html.Append("<tr>");
            for (var i = 0; i < row.Count; i++) Cell(html, row[i], section.Right.Contains(i));
            html.Append("</tr>\n");
        }

        html.Append("</tbody>\n</table>\n</div>\n");
    }

    private static void Cell(StringBuilder html, ReportCell cell, bool right)
    {
        var classes = string.Join(' ', new[] { right ? "right" : "", cell.Tone }.Where(c => c.Length > 0));
        html.Append(classes.Length > 0 ? $"<td class=\"{classes}\">" : "<td>").Append(Escape(cell.Text)).Append("</td>");
    }

    // One bar a day; the highest fills the picture. Days without data have none, and a mark below.
    private static void Bars(StringBuilder html, ReportPart section)
    {
        var most = Math.Max(section.Bars.Max(b => b.Share ?? 0), 1e-9);
        var width = 600.0 / section.Bars.Count;
        html.Append("<figure>\n<svg viewBox=\"0 0 600 104\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"").Append(Escape(section.BarsText)).Append("\">\n");
        for (var i = 0; i < section.Bars.Count; i++)
        {
            var (label, share) = section.Bars[i];
            var height = share is { } s ? Math.Max(s > 0 ? 1.5 : 0, s / most * 96) : 0;
            var (top, tall, colour) = share is null ? (100.0, 3.0, "var(--line)") : (98 - height, height, share >= 1 ? "var(--bad)" : "var(--soft)");
            html.Append(CultureInfo.InvariantCulture, $"<rect x=\"{(i * width) + (width * 0.1):0.##}\" y=\"{top:0.##}\" width=\"{width * 0.8:0.##}\" height=\"{tall:0.##}\" fill=\"{colour}\"><title>").Append(Escape(label)).Append("</title></rect>\n");
        }

        html.Append("<line x1=\"0\" y1=\"98.5\" x2=\"600\" y2=\"98.5\" stroke=\"var(--line)\"/>\n</svg>\n<figcaption>").Append(Escape(section.BarsText))
            .Append(CultureInfo.InvariantCulture, $": the highest bar is {ReportText.Budget(section.Bars.Max(b => b.Share) ?? 0)}, from ").Append(Escape(section.Bars[0].Label[..10])).Append(" to ").Append(Escape(section.Bars[^1].Label[..10]))
            .Append("; days without data have a mark below the line.</figcaption>\n</figure>\n");
    }

    // A percent sign stays with its number.
    private static string Escape(string text) => WebUtility.HtmlEncode(text.Replace(" %", "\u00a0%", StringComparison.Ordinal));
}

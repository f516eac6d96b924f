using System.Text;

namespace Tidegate.Insight.Reports.Writing;

/// <summary>Writes a page as Markdown (CommonMark with tables). Whatever somebody named something, it stays text.</summary>
internal static class MarkdownReport
{
    private const string Special = "\\`*_{}[]<>#+!|~&";

    /// <summary>The text, with a new line at its end.</summary>
    public static string Write(ReportPage page)
    {
        var text = new StringBuilder().Append("# ").Append(Escape(page.Title)).Append("\n\n");
        foreach (var (name, value) in page.Facts) text.Append("- **").Append(Escape(name)).Append(":** ").Append(Escape(value)).Append('\n');
        if (page.Notes.Count > 0) text.Append('\n');
        foreach (var note in page.Notes) text.Append("> ").Append(Escape(note)).Append("\n>\n");
        foreach (var section in page.Sections) Write(text, section);
        return text.ToString();
    }

    private static void Write(StringBuilder text, ReportPart section)
    {
        text.Append('\n').Append('#', section.Level).Append(' ').Append(Escape(section.Title)).Append('\n');
        foreach (var paragraph in section.Text) text.Append('\n').Append(Escape(paragraph)).Append('\n');
        if (section.Columns.Count > 0)
        {
            text.Append("\n| ").AppendJoin(" | ", section.Columns.Select(Escape)).Append(" |\n|");
            for (var i = 0; i < section.Columns.Count; i++) text.Append(section.Right.Contains(i) ? "---:|" : "---|");
            text.Append('\n');
            foreach (var row in section.Rows) text.Append("| ").AppendJoin(" | ", row.Select(c => c.Tone == "bad" ? $"**{Escape(c.Text)}**" : Escape(c.Text))).Append(" |\n");
        }

        if (section.Bars.Count == 0) return;
        text.Append('\n').Append(Escape(section.BarsText)).Append(":\n\n");
        foreach (var (label, _) in section.Bars) text.Append("- ").Append(Escape(label)).Append('\n');
    }

    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (char.IsControl(c))
            {
                escaped.Append(' ');
                continue;
            }

            if (Special.Contains(c, StringComparison.Ordinal)) escaped.Append('\\');
            escaped.Append(c);
        }

        return escaped.ToString();
    }
}

using Spectre.Console;

namespace Tidegate.Cli;

/// <summary>The look of every table: no frames, so that columns can be cut with awk, headers in capitals.</summary>
internal static class Tables
{
    private const int Gap = 2;

    // What a column whose cells may wrap needs at least to be of use.
    private const int Wrapped = 24;

    // Those of alerts are the longest that are copied into the next command.
    private const int LongestId = 50;

    /// <summary>The columns that a terminal of a width has room for: the spare ones go first.</summary>
    public static IReadOnlyList<Column<T>> Fitting<T>(IReadOnlyCollection<T> items, IReadOnlyList<Column<T>> columns, int width)
    {
        var widths = columns.ToDictionary(column => column, column => Gap + Width(items, column));
        var kept = columns.ToList();
        while (kept.Sum(column => widths[column]) > width && kept.Where(column => column.Spare > 0).MinBy(column => column.Spare) is { } sparest) kept.Remove(sparest);
        // Still no room: sentences go on in the next line, then what is longer than any id, so that ids, times and figures beside them stay whole.
        foreach (var (least, sentences) in ((int, bool)[])[(Wrapped, true), (LongestId, false)])
        {
            while (kept.Sum(column => widths[column]) > width && kept.Where(column => CanWrap(items, column, sentences)).MaxBy(column => widths[column]) is { } widest && widths[widest] > Gap + least)
            {
                var wrapping = widest with { Wraps = true };
                (kept[kept.IndexOf(widest)], widths[wrapping]) = (wrapping, Gap + Wrapped);
            }
        }

        return kept;
    }

    /// <summary>Rows under headers.</summary>
    public static Table Of<T>(IEnumerable<T> items, IReadOnlyList<Column<T>> columns)
    {
        var table = new Table().NoBorder();
        foreach (var column in columns)
        {
            var header = new TableColumn(new Text(column.Header, new Style(decoration: Decoration.Bold))) { Padding = new Padding(0, 0, Gap, 0), NoWrap = !column.Wraps };
            table.AddColumn(column.Right ? header.RightAligned() : header);
        }

        foreach (var item in items) table.AddRow(columns.Select(column => Cell(item, column)));
        return table;
    }

    /// <summary>Name and value lines; values that are null or empty are left out.</summary>
    public static Grid Lines(IReadOnlyList<(string Name, string? Value)> lines)
    {
        var grid = new Grid();
        grid.AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(0, 0, 2, 0) });
        grid.AddColumn(new GridColumn { Padding = new Padding(0, 0, 0, 0) });
        foreach (var (name, value) in lines)
        {
            if (!string.IsNullOrEmpty(value)) grid.AddRow(new Text(name, new Style(decoration: Decoration.Bold)), new Text(PlainText.Of(value)));
        }

        return grid;
    }

    private static bool CanWrap<T>(IReadOnlyCollection<T> items, Column<T> column, bool sentences) =>
        column is { Wraps: false, Right: false } && (!sentences || items.Any(item => column.Cell(item)?.Contains(' ', StringComparison.Ordinal) ?? false));

    private static int Width<T>(IReadOnlyCollection<T> items, Column<T> column)
    {
        var widest = items.Select(item => PlainText.Of(column.Cell(item)).Length).Append(column.Header.Length).Max();
        return column.Wraps ? Math.Min(widest, Wrapped) : widest;
    }

    private static Text Cell<T>(T item, Column<T> column)
    {
        var style = column.Style?.Invoke(item) is { } named ? Style.Parse(named) : Style.Plain;
        return new Text(PlainText.Of(column.Cell(item)), style);
    }
}

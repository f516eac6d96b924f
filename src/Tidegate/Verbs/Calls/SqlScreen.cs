using System.Text.Json.Nodes;
using Spectre.Console;
using Tidegate.Cli;
using Tidegate.Insight.CallLog;
using Tidegate.Platform.Hosting;

namespace Tidegate.Verbs.Calls;

/// <summary>An answer in SQL for people: a table, or one block per row where a table would be wider than the terminal.</summary>
internal static class SqlScreen
{
    private const int Gap = 2;

    public static void Draw(IAnsiConsole screen, SqlAnswer answer, bool isTerminal)
    {
        var names = answer.Columns.Select(column => PlainText.Of(column.Name)).ToList();
        if (isTerminal && answer.Rows.Count > 0 && Width(names, answer) > screen.Profile.Width) DrawRowByRow(screen, names, answer);
        else screen.Write(Tables.Of(answer.Rows, [.. names.Select((name, i) => new Column<JsonArray>(name, row => Text(row[i])) { Right = IsNumber(answer.Columns[i].Type) })]));
    }

    private static int Width(List<string> names, SqlAnswer answer) =>
        names.Select((name, i) => Gap + Math.Max(name.Length, answer.Rows.Max(row => PlainText.Of(Text(row[i])).Length))).Sum();

    private static void DrawRowByRow(IAnsiConsole screen, List<string> names, SqlAnswer answer)
    {
        var widest = names.Max(name => name.Length);
        for (var row = 0; row < answer.Rows.Count; row++)
        {
            screen.WriteLine($"row {row + 1}", new Style(decoration: Decoration.Bold));
            for (var i = 0; i < names.Count; i++) screen.WriteLine($"  {names[i].PadRight(widest)}  {PlainText.Of(Text(answer.Rows[row][i]))}");
        }
    }

    private static string Text(JsonNode? value) => value switch
    {
        null => "NULL",
        JsonValue text when text.TryGetValue<string>(out var plain) => plain,
        _ => value.ToJsonString(ApiJson.Options),
    };

    private static bool IsNumber(string type) => type.EndsWith("INT", StringComparison.Ordinal) || type is "INTEGER" or "UINTEGER" or "FLOAT" or "DOUBLE" || type.StartsWith("DECIMAL", StringComparison.Ordinal);
}

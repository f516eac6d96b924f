using System.Text.Json.Nodes;

namespace Tidegate.Core.Resources.OpenSlo.Prometheus;

/// <summary>Panels of a dashboard, laid out row by row in the order in which they come.</summary>
internal sealed class GrafanaPanels(int columns)
{
    private const int Height = 8;
    private const int RowHeight = 1;

    private readonly JsonArray _panels = [];
    private int _left;
    private int _top;
    private int _line;

    /// <summary>The data source that is asked for at the import.</summary>
    public static JsonObject Source() => new() { ["type"] = "prometheus", ["uid"] = "${DS_PROMETHEUS}" };

    /// <summary>All of them.</summary>
    public JsonArray Done() => _panels;

    /// <summary>A headline.</summary>
    public void Row(string title)
    {
        NewLine();
        Add(new JsonObject { ["type"] = "row", ["title"] = title, ["collapsed"] = false, ["panels"] = new JsonArray() }, columns, RowHeight);
        NewLine();
    }

    /// <summary>One figure, coloured by the highest of its steps that it reaches.</summary>
    public void Stat(string title, string unit, int width, string query, IReadOnlyList<(double? From, string Colour)> steps) => Panel("stat", title, unit, width, [("", query)], new JsonObject
    {
        ["mode"] = "absolute", ["steps"] = new JsonArray([.. steps.Select(s => (JsonNode)new JsonObject { ["value"] = s.From, ["color"] = s.Colour })]),
    });

    /// <summary>Lines over time.</summary>
    public void Graph(string title, string unit, int width, IReadOnlyList<(string Legend, string Query)> queries) => Panel("timeseries", title, unit, width, queries, null);

    private void Panel(string type, string title, string unit, int width, IReadOnlyList<(string Legend, string Query)> queries, JsonObject? thresholds)
    {
        var defaults = new JsonObject { ["unit"] = unit, ["noValue"] = "no data" };
        if (thresholds is not null) defaults["thresholds"] = thresholds;
        var targets = queries.Select((q, i) => (JsonNode)new JsonObject
        {
            ["refId"] = ((char)('A' + i)).ToString(), ["datasource"] = Source(), ["expr"] = q.Query, ["legendFormat"] = q.Legend, ["range"] = type == "timeseries", ["instant"] = type != "timeseries",
        });
        Add(new JsonObject
        {
            ["type"] = type, ["title"] = title, ["datasource"] = Source(), ["targets"] = new JsonArray([.. targets]), ["fieldConfig"] = new JsonObject { ["defaults"] = defaults, ["overrides"] = new JsonArray() },
            ["options"] = type == "stat"
                ? new JsonObject { ["reduceOptions"] = new JsonObject { ["calcs"] = new JsonArray("lastNotNull") }, ["colorMode"] = "value", ["graphMode"] = "none" }
                : new JsonObject { ["legend"] = new JsonObject { ["displayMode"] = "list", ["placement"] = "bottom", ["showLegend"] = true }, ["tooltip"] = new JsonObject { ["mode"] = "multi", ["sort"] = "desc" } },
        }, width, Height);
    }

    private void Add(JsonObject panel, int width, int height)
    {
        if (_left + width > columns) NewLine();
        panel["id"] = _panels.Count + 1;
        panel["gridPos"] = new JsonObject { ["x"] = _left, ["y"] = _top, ["w"] = width, ["h"] = height };
        _panels.Add(panel);
        _left += width;
        _line = height;
    }

    private void NewLine()
    {
        _top += _left > 0 ? _line : 0;
        _left = 0;
    }
}

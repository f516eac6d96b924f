using System.Collections.Frozen;
using System.Text.Json;
using Tidegate.Insight.CallLog.Filter;

namespace Tidegate.Insight.CallLog.Sql;

/// <summary>
/// Decides from the tree that DuckDB's own parser makes of a query whether it may run: one SELECT over <c>calls</c>, <c>attempts</c> and what it defines
/// itself, with known functions. Whatever it does not know is refused. It is the first of three walls: behind it the files are attached read-only
/// to an engine without access to others, and that runs in a process that has nothing to lose (<see cref="SqlWorker"/>).
/// </summary>
internal sealed class SqlGate
{
    private const string Tables = "The tables are calls and attempts.";

    private static readonly FrozenSet<string> Views = FrozenSet.ToFrozenSet(["calls", "attempts"], StringComparer.OrdinalIgnoreCase);

    // Kinds of expressions; DuckDB calls them classes.
    private static readonly FrozenSet<string> Expressions = FrozenSet.ToFrozenSet(
    [
        "BETWEEN", "CASE", "CAST", "COLLATE", "COLUMN_REF", "COMPARISON", "CONJUNCTION", "CONSTANT", "FUNCTION", "LAMBDA", "OPERATOR", "POSITIONAL_REFERENCE", "STAR", "SUBQUERY", "WINDOW",
    ], StringComparer.Ordinal);

    // Queries, tables and modifiers; what needs a closer look is not here.
    private static readonly FrozenSet<string> Nodes = FrozenSet.ToFrozenSet(
    [
        "SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE", "SUBQUERY", "JOIN", "EMPTY", "EXPRESSION_LIST", "PIVOT",
        "DISTINCT_MODIFIER", "LIMIT_MODIFIER", "LIMIT_PERCENT_MODIFIER", "ORDER_MODIFIER", "ORDER_DEFAULT", "ASCENDING", "DESCENDING",
    ], StringComparer.Ordinal);

    private readonly string _query;
    private readonly Stack<string> _defined = new();

    private SqlGate(string query) => _query = query;

    /// <summary>Throws <see cref="SqlRefusedException"/> unless the query may run.</summary>
    /// <param name="query">As it was written.</param>
    /// <param name="tree">What <c>json_serialize_sql</c> makes of it.</param>
    public static void Check(string query, JsonElement tree)
    {
        if (tree.GetProperty("error").GetBoolean()) throw Unparsed(query, tree);
        var statements = tree.GetProperty("statements");
        if (statements.GetArrayLength() != 1) throw new SqlRefusedException($"There are {statements.GetArrayLength()} statements.", "Ask one at a time.");
        new SqlGate(query).Visit(statements[0]);
    }

    private void Visit(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray()) Visit(item);
        }
        if (element.ValueKind != JsonValueKind.Object) return;
        var defined = Define(element);
        if (Text(element, "class") is { } expression) CheckExpression(expression, element);
        else if (Text(element, "type") is { } node) CheckNode(node, element);
        foreach (var property in element.EnumerateObject())
        {
            // Values and types are data: they name nothing that could be reached.
            if (property.Name is "cast_type" or "expected_types" || (expressionIsConstant() && property.Name == "value")) continue;
            if (property.Name == "function" && Text(element, "type") == "TABLE_FUNCTION") VisitTableFunction(property.Value);
            else Visit(property.Value);
        }
        for (; defined > 0; defined--) _defined.Pop();

        bool expressionIsConstant() => Text(element, "class") == "CONSTANT";
    }

    // The names a WITH gives are tables for the query it belongs to and nowhere else.
    private int Define(JsonElement element)
    {
        if (!element.TryGetProperty("cte_map", out var map)) return 0;
        var count = 0;
        foreach (var entry in map.GetProperty("map").EnumerateArray())
        {
            var name = entry.GetProperty("key").GetString()!;
            // A name like "file.csv" would be a file wherever the definition does not reach.
            if (!IsPlainName(name) || Views.Contains(name)) throw new SqlRefusedException($"A WITH cannot define \"{name}\".", "Use letters, digits and underscores, and not the name of a table.");
            _defined.Push(name);
            count++;
        }
        return count;
    }

    private void CheckExpression(string expression, JsonElement element)
    {
        if (expression == "PARAMETER") throw Refused(element, "There are no parameters here.", "Write the value itself.");
        if (!Expressions.Contains(expression)) throw Refused(element, $"{expression} is not allowed.", "Only what reads and computes is.");
        if (expression is "FUNCTION" or "WINDOW") CheckFunction(element, SqlFunctions.Scalar);
    }

    private void CheckNode(string node, JsonElement element)
    {
        switch (node)
        {
            case "BASE_TABLE":
                CheckTable(element);
                break;
            case "TABLE_FUNCTION":
                break; // with its function
            case "SHOW_REF" when element.GetProperty("query").ValueKind == JsonValueKind.Object && Text(element, "show_type") is "DESCRIBE" or "SUMMARY":
                break;
            default:
                if (!Nodes.Contains(node)) throw Refused(element, $"{node} is not allowed.", "Only what reads and computes is.");
                break;
        }
    }

    private void CheckTable(JsonElement element)
    {
        var name = Text(element, "table_name")!;
        if (Text(element, "catalog_name") is { Length: > 0 } || Text(element, "schema_name") is { Length: > 0 } || element.GetProperty("at_clause").ValueKind != JsonValueKind.Null)
        {
            throw Refused(element, $"Tables of other databases or schemas cannot be read, and \"{name}\" not at another time.", Tables);
        }
        if (!Views.Contains(name) && !_defined.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            throw Refused(element, $"There is no table \"{name}\".{Near.Hint(name, Views)}", Tables + " Files, settings and the catalogue cannot be read.");
        }
    }

    private void VisitTableFunction(JsonElement function)
    {
        CheckFunction(function, SqlFunctions.Table);
        Visit(function.GetProperty("children"));
    }

    private void CheckFunction(JsonElement element, FrozenSet<string> allowed)
    {
        var name = Text(element, "function_name")!;
        // The parser itself qualifies some: [1, 2] is main.list_value(1, 2).
        if (Text(element, "catalog") is not (null or "" or "system") || Text(element, "schema") is not (null or "" or "main") || !allowed.Contains(name))
        {
            throw Refused(element, $"The function {name}() is not allowed.{Near.Hint(name, allowed)}", "Functions that compute from their arguments are; those that read files, settings or the system are not.");
        }
    }

    private SqlRefusedException Refused(JsonElement element, string message, string action) =>
        element.TryGetProperty("query_location", out var location) && location.TryGetInt32(out var at) ? new(message + Place(_query, at), action) : new(message, action);

    private static SqlRefusedException Unparsed(string query, JsonElement tree)
    {
        var message = Text(tree, "error_message") ?? "The query cannot be read.";
        if (message.StartsWith("Only SELECT", StringComparison.Ordinal) || Text(tree, "error_type") == "not implemented")
        {
            return new("Only a SELECT is allowed.", "Reading is all that can be done: no changes, settings, files or extensions. PIVOT goes inside a SELECT: FROM (PIVOT ...).");
        }
        return new(int.TryParse(Text(tree, "position"), out var at) ? message + Place(query, at) : message, "The dialect is that of DuckDB.");
    }

    private static string Place(string query, int at)
    {
        var before = query.AsSpan(0, Math.Min(at, query.Length));
        return $" (line {before.Count('\n') + 1}, column {before.Length - before.LastIndexOf('\n')})";
    }

    private static bool IsPlainName(string name) =>
        name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') && !char.IsAsciiDigit(name[0])
        && !name.StartsWith("duckdb_", StringComparison.OrdinalIgnoreCase) && !name.StartsWith("pragma_", StringComparison.OrdinalIgnoreCase) && !name.StartsWith("sqlite_", StringComparison.OrdinalIgnoreCase);

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

using System.Collections;
using System.Data.Common;
using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;

namespace Tidegate.Insight.CallLog.Sql;

/// <summary>Values of DuckDB as JSON: numbers as numbers, times in ISO 8601 UTC, ids as 32 hex digits, lists and structs as such, all else as text.</summary>
internal static class SqlValues
{
    public static JsonArray Row(DbDataReader rows) => [.. Enumerable.Range(0, rows.FieldCount).Select(i => rows.IsDBNull(i) ? null : Of(rows.GetValue(i)))];

    private static JsonNode? Of(object? value) => value switch
    {
        null or DBNull => null,
        bool flag => JsonValue.Create(flag),
        string text => JsonValue.Create(text),
        long or int or short or sbyte or byte or ushort or uint or ulong => JsonValue.Create(Convert.ToDecimal(value, CultureInfo.InvariantCulture)),
        decimal number => JsonValue.Create(number),
        double number => double.IsFinite(number) ? JsonValue.Create(number) : JsonValue.Create(number.ToString(CultureInfo.InvariantCulture)),
        float number => float.IsFinite(number) ? JsonValue.Create(number) : JsonValue.Create(number.ToString(CultureInfo.InvariantCulture)),
        // Sums are 128 bits wide; those that fit are numbers.
        BigInteger number => number >= long.MinValue && number <= long.MaxValue ? JsonValue.Create((long)number) : JsonValue.Create(number.ToString(CultureInfo.InvariantCulture)),
        DateTime time => JsonValue.Create(time.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFZ", CultureInfo.InvariantCulture)),
        DateTimeOffset time => JsonValue.Create(time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFZ", CultureInfo.InvariantCulture)),
        Guid id => JsonValue.Create(id.ToString("N")),
        byte[] bytes => JsonValue.Create(Convert.ToBase64String(bytes)),
        IDictionary map => Object(map),
        IEnumerable list => new JsonArray([.. list.Cast<object?>().Select(Of)]),
        _ => JsonValue.Create(Convert.ToString(value, CultureInfo.InvariantCulture)),
    };

    private static JsonObject Object(IDictionary map)
    {
        var json = new JsonObject();
        foreach (DictionaryEntry entry in map) json[Convert.ToString(entry.Key, CultureInfo.InvariantCulture) ?? ""] = Of(entry.Value);
        return json;
    }
}

using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Tidegate.Models.Json;

namespace Tidegate.Models.Guardrails.Json;

/// <summary>
/// Whether a value follows a JSON Schema, as far as vendors let schemas go: types, properties, items, enumerations, ranges, lengths, patterns, references within the schema
/// and combinations. What it does not know it lets pass.
/// </summary>
internal sealed class SchemaCheck(JsonElement schema)
{
    private const int MostDepth = 64;

    /// <summary>The first thing that is wrong, with its place; null when nothing is.</summary>
    public string? Problem(JsonElement value) => Check(schema, value, "$", 0);

    private string? Check(JsonElement rule, JsonElement value, string at, int depth)
    {
        if (depth > MostDepth || rule.ValueKind == JsonValueKind.True) return null;
        if (rule.ValueKind == JsonValueKind.False) return $"{at} must not be there";
        if (rule.ValueKind != JsonValueKind.Object) return null;
        if (Text(rule, "$ref") is { } reference) return Find(reference) is { } target ? Check(target, value, at, depth + 1) : null;
        return Type(rule, value, at) ?? Choice(rule, value, at) ?? Combined(rule, value, at, depth) ?? value.ValueKind switch
        {
            JsonValueKind.Object => Object(rule, value, at, depth),
            JsonValueKind.Array => Array(rule, value, at, depth),
            JsonValueKind.String => String(rule, JsonText.Read(value), at),
            JsonValueKind.Number => Number(rule, value.GetDouble(), at),
            _ => null,
        };
    }

    private static string? Type(JsonElement rule, JsonElement value, string at)
    {
        if (!rule.TryField("type", out var type)) return null;
        if (rule.TryField("nullable", out var nullable) && nullable.ValueKind == JsonValueKind.True && value.ValueKind == JsonValueKind.Null) return null; // OpenAPI's, and Google's
        var words = type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Where(t => t.ValueKind == JsonValueKind.String).Select(JsonText.Read)] : type.ValueKind == JsonValueKind.String ? [JsonText.Read(type)] : System.Array.Empty<string>();
        return words.Length == 0 || System.Array.Exists(words, w => Is(w, value)) ? null : $"{at} must be {string.Join(" or ", words)}";
    }

    private static bool Is(string type, JsonElement value) => type.ToUpperInvariant() switch
    {
        "OBJECT" => value.ValueKind == JsonValueKind.Object,
        "ARRAY" => value.ValueKind == JsonValueKind.Array,
        "STRING" => value.ValueKind == JsonValueKind.String,
        "NUMBER" => value.ValueKind == JsonValueKind.Number,
        "INTEGER" => value.ValueKind == JsonValueKind.Number && value.GetDouble() is var number && Math.Floor(number) == number,
        "BOOLEAN" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "NULL" => value.ValueKind == JsonValueKind.Null,
        _ => true,
    };

    private static string? Choice(JsonElement rule, JsonElement value, string at)
    {
        if (rule.TryField("const", out var only) && !AreEqual(only, value)) return $"{at} must be {JsonText.Raw(only)}";
        if (!rule.TryField("enum", out var values) || values.ValueKind != JsonValueKind.Array) return null;
        return values.EnumerateArray().Any(v => AreEqual(v, value)) ? null : $"{at} must be one of {JsonText.Raw(values)}";
    }

    private static bool AreEqual(JsonElement one, JsonElement other)
    {
        try
        {
            return JsonElement.DeepEquals(one, other);
        }
        catch (InvalidOperationException)
        {
            return JsonText.Raw(one) == JsonText.Raw(other); // texts that are no legal Unicode
        }
    }

    private string? Combined(JsonElement rule, JsonElement value, string at, int depth)
    {
        foreach (var part in List(rule, "allOf"))
            if (Check(part, value, at, depth + 1) is { } problem) return problem;
        if (List(rule, "anyOf").Concat(List(rule, "oneOf")).ToList() is { Count: > 0 } any && !any.Exists(p => Check(p, value, at, depth + 1) is null)) return $"{at} has none of the shapes allowed there";
        return rule.TryField("not", out var not) && Check(not, value, at, depth + 1) is null ? $"{at} has a shape that is not allowed" : null;
    }

    private string? Object(JsonElement rule, JsonElement value, string at, int depth)
    {
        foreach (var name in List(rule, "required").Where(n => n.ValueKind == JsonValueKind.String).Select(JsonText.Read))
            if (!value.TryField(name, out _)) return $"{at}.{name} is missing";
        var known = rule.TryField("properties", out var properties) && properties.ValueKind == JsonValueKind.Object;
        var isOpen = !rule.TryField("additionalProperties", out var others) || rule.TryField("patternProperties", out _);
        foreach (var property in value.EnumerateObject())
        {
            var name = property.NameText();
            var place = $"{at}.{name}";
            var problem = known && properties.TryField(name, out var own) ? Check(own, property.Value, place, depth + 1) : isOpen ? null : Check(others, property.Value, place, depth + 1);
            if (problem is not null) return problem;
        }

        return null;
    }

    private string? Array(JsonElement rule, JsonElement value, string at, int depth)
    {
        var count = value.GetArrayLength();
        if (count < Limit(rule, "minItems")) return $"{at} must have more items";
        if (count > Limit(rule, "maxItems")) return $"{at} must have fewer items";
        if (!rule.TryField("items", out var items)) return null;
        var i = 0;
        foreach (var item in value.EnumerateArray())
            if (Check(items, item, string.Create(CultureInfo.InvariantCulture, $"{at}[{i++}]"), depth + 1) is { } problem) return problem;
        return null;
    }

    private static string? String(JsonElement rule, string value, string at)
    {
        if (value.Length < Limit(rule, "minLength")) return $"{at} is too short";
        if (value.Length > Limit(rule, "maxLength")) return $"{at} is too long";
        if (Text(rule, "pattern") is not { } pattern) return null;
        try
        {
            return Regex.IsMatch(value, pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)) ? null : $"{at} must match {pattern}";
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException or RegexMatchTimeoutException)
        {
            return null; // a pattern of another language than ours
        }
    }

    private static string? Number(JsonElement rule, double value, string at)
    {
        if (value < Limit(rule, "minimum") || value <= Limit(rule, "exclusiveMinimum")) return $"{at} is too small";
        return value > Limit(rule, "maximum") || value >= Limit(rule, "exclusiveMaximum") ? $"{at} is too large" : null;
    }

    // #/$defs/name and its like
    private JsonElement? Find(string reference)
    {
        if (!reference.StartsWith('#')) return null;
        var at = schema;
        foreach (var step in reference[1..].Split('/', StringSplitOptions.RemoveEmptyEntries))
            if (at.ValueKind != JsonValueKind.Object || !at.TryField(step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal), out at)) return null;
        return at;
    }

    private static JsonElement.ArrayEnumerator List(JsonElement rule, string name) => rule.TryField(name, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : default;

    private static string? Text(JsonElement rule, string name) => rule.TryField(name, out var text) && text.ValueKind == JsonValueKind.String ? JsonText.Read(text) : null;

    // Comparisons with no limit (NaN) are false.
    private static double Limit(JsonElement rule, string name) => rule.TryField(name, out var limit) && limit.ValueKind == JsonValueKind.Number ? limit.GetDouble() : double.NaN;
}

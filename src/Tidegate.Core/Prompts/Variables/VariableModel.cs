using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Tidegate.Core.Resources.Prompts;

namespace Tidegate.Core.Prompts.Variables;

/// <summary>A variable: which values it takes.</summary>
internal sealed class VariableModel
{
    private readonly Regex? _pattern;
    private readonly FrozenSet<string> _values;

    private VariableModel(VariableConfig config)
    {
        Config = config;
        _pattern = config is { Type: VariableType.String, Pattern: { } pattern } ? VariablePattern.Make(pattern) : null;
        _values = config.Values.ToFrozenSet(StringComparer.Ordinal);
        Expected = config.Type switch
        {
            VariableType.String => $"a text{(config.Pattern is { } p ? $" like {p}" : "")} of at most {config.MaxLength} characters",
            VariableType.Number => "a number" + Range(),
            VariableType.Integer => "a whole number" + Range(),
            VariableType.Array => $"a list of at most {config.MaxItems}{(config.Items is { } items ? $", each {Each(items)}" : "")}",
            _ => Each(config.Type),
        };
    }

    /// <summary>What the document says.</summary>
    public VariableConfig Config { get; }

    /// <summary>What is legal, for messages.</summary>
    public string Expected { get; }

    /// <summary>A variable whose pattern is legal.</summary>
    public static VariableModel Of(VariableConfig config) => new(config);

    /// <summary>What is wrong with a value, and what is legal; null when nothing is.</summary>
    public string? Problem(JsonElement value) => Fits(value) ? null : $"Expected {Expected}, found {Found(value)}.";

    private bool Fits(JsonElement value) => Config.Type switch
    {
        VariableType.String => Text(value) is { } text && IsShort(text) && (_pattern is null || _pattern.IsMatch(text)),
        VariableType.Number or VariableType.Integer => value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number)
            && (Config.Type == VariableType.Number || decimal.IsInteger(number)) && !(number < Config.Minimum) && !(number > Config.Maximum),
        VariableType.Array => value.ValueKind == JsonValueKind.Array && value.GetArrayLength() <= Config.MaxItems && FitAll(value),
        _ => Is(Config.Type, value),
    };

    private bool FitAll(JsonElement list)
    {
        if (Config.Items is not { } type) return true;
        foreach (var item in list.EnumerateArray())
            if (!Is(type, item)) return false;
        return true;
    }

    private bool Is(VariableType type, JsonElement value) => type switch
    {
        VariableType.String => Text(value) is not null,
        VariableType.Number => value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out _),
        VariableType.Integer => value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) && decimal.IsInteger(number),
        VariableType.Boolean => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        VariableType.Enum => Text(value) is { } text && _values.Contains(text),
        VariableType.Array => value.ValueKind == JsonValueKind.Array,
        _ => value.ValueKind == JsonValueKind.Object,
    };

    private bool IsShort(string text)
    {
        if (text.Length <= Config.MaxLength) return true;
        // Characters as JSON Schema counts them: those beyond 16 bits are one each.
        var count = 0;
        foreach (var _ in text.EnumerateRunes())
            if (++count > Config.MaxLength) return false;
        return true;
    }

    private string Each(VariableType type) => type switch
    {
        VariableType.String => "a text",
        VariableType.Number => "a number",
        VariableType.Integer => "a whole number",
        VariableType.Boolean => "true or false",
        VariableType.Enum => $"one of {string.Join(", ", Config.Values)}",
        VariableType.Array => "a list",
        _ => "an object",
    };

    private string Range() => (Config.Minimum, Config.Maximum) switch
    {
        (null, null) => "",
        ({ } least, null) => string.Create(CultureInfo.InvariantCulture, $" of at least {least}"),
        (null, { } most) => string.Create(CultureInfo.InvariantCulture, $" of at most {most}"),
        ({ } least, { } most) => string.Create(CultureInfo.InvariantCulture, $" from {least} to {most}"),
    };

    // A text with half a surrogate pair is none.
    private static string? Text(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String) return null;
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private string Found(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String when Text(value) is null:
                return "a text with half a surrogate pair";
            case JsonValueKind.String when Config.Type == VariableType.String && Text(value)!.Length > Config.MaxLength:
                return string.Create(CultureInfo.InvariantCulture, $"one of {Text(value)!.Length} characters");
            case JsonValueKind.Array:
                return Config.Type == VariableType.Array && value.GetArrayLength() > Config.MaxItems ? string.Create(CultureInfo.InvariantCulture, $"one of {value.GetArrayLength()}")
                    : Config.Type == VariableType.Array ? "a list with something else in it" : "a list";
            case JsonValueKind.Object:
                return "an object";
            default:
                var raw = value.GetRawText();
                return raw.Length <= 60 ? raw : string.Concat(raw.AsSpan(0, char.IsHighSurrogate(raw[56]) ? 56 : 57), "...");
        }
    }
}

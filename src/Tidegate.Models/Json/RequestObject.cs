using System.Text.Json;
using Tidegate.Models.Formats;

namespace Tidegate.Models.Json;

/// <summary>
/// Reads the fields of one JSON object of a caller's request. Wrong types become errors with their path, fields nobody asked for can be told as inexpressible;
/// nothing throws, whatever the caller sent. A field of JSON null counts as absent.
/// </summary>
internal sealed class RequestObject
{
    private readonly List<(string Name, JsonElement Value)> _fields = [];
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly bool _snakeToo;

    /// <param name="element">The object.</param>
    /// <param name="path">Its path in the request; empty for the request itself.</param>
    /// <param name="issues">Where problems go.</param>
    /// <param name="snakeToo">A field asked for as <c>topK</c> may also be spelt <c>top_k</c>; holds for objects inside as well.</param>
    public RequestObject(JsonElement element, string path, FormatIssues issues, bool snakeToo = false)
    {
        Element = element;
        Path = path;
        Issues = issues;
        _snakeToo = snakeToo;
        if (element.ValueKind != JsonValueKind.Object) return;
        foreach (var property in element.EnumerateObject()) _fields.Add((property.NameText(), property.Value));
    }

    /// <summary>The object itself.</summary>
    public JsonElement Element { get; }

    /// <summary>Path of the object.</summary>
    public string Path { get; }

    /// <summary>Where problems go.</summary>
    public FormatIssues Issues { get; }

    /// <summary>Path of one of its fields.</summary>
    public string At(string name) => Path.Length == 0 ? name : $"{Path}.{name}";

    /// <summary>Adds an error about a field.</summary>
    public void Wrong(string name, string message) => Issues.Error(At(name), message);

    /// <summary>Adds that a field is right and cannot be said in other formats.</summary>
    public void Inexpressible(string name, string message) => Issues.Inexpressible(At(name), message);

    /// <summary>Any value; undefined when absent.</summary>
    public JsonElement Any(string name) => TryGet(name, out var value) ? value : default;

    /// <summary>True when the field is there and not null.</summary>
    public bool TryGet(string name, out JsonElement value)
    {
        if (Find(name, out value)) return true;
        return _snakeToo && JsonNamingPolicy.SnakeCaseLower.ConvertName(name) is var snake && !string.Equals(snake, name, StringComparison.Ordinal) && Find(snake, out value);
    }

    /// <summary>True when the field is there and not null.</summary>
    public bool Has(string name) => TryGet(name, out _);

    /// <summary>A string; null when absent or wrong.</summary>
    public string? Text(string name, bool required = false)
    {
        if (!TryGet(name, out var value))
        {
            if (required) Wrong(name, "is required: a string.");
            return null;
        }

        if (value.ValueKind == JsonValueKind.String) return JsonText.Read(value);
        Wrong(name, $"must be a string, not {Kind(value)}.");
        return null;
    }

    /// <summary>A string that must be there; empty when absent or wrong.</summary>
    public string RequiredText(string name) => Text(name, required: true) ?? "";

    /// <summary>One of several words; null when absent or wrong.</summary>
    public string? Word(string name, params ReadOnlySpan<string> legal)
    {
        var text = Text(name);
        if (text is null || legal.Contains(text)) return text;
        Wrong(name, $"must be one of {string.Join(", ", legal.ToArray())}; it is \"{Short(text)}\".");
        return null;
    }

    /// <summary>A whole number; null when absent or wrong.</summary>
    public long? Whole(string name, long least = long.MinValue, long most = long.MaxValue)
    {
        if (Number(name, least, most) is not { } number) return null;
        if (number == Math.Floor(number)) return TryGet(name, out var value) && value.TryGetInt64(out var exact) ? exact : (long)number;
        Wrong(name, "must be a whole number.");
        return null;
    }

    /// <summary>A whole number of 32 bits; null when absent or wrong.</summary>
    public int? Count(string name, int least = 0, int most = int.MaxValue) => (int?)Whole(name, least, most);

    /// <summary>A number; null when absent or wrong.</summary>
    public double? Number(string name, double least = double.MinValue, double most = double.MaxValue)
    {
        if (!TryGet(name, out var value)) return null;
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out var number) || !double.IsFinite(number))
        {
            Wrong(name, value.ValueKind == JsonValueKind.Number ? "is a number that is too large." : $"must be a number, not {Kind(value)}.");
            return null;
        }

        if (number >= least && number <= most) return number;
        Wrong(name, number > most && most >= int.MaxValue ? $"is a number that is too large: {number}." : $"must be {Range(least, most)}; it is {number}.");
        return null;
    }

    /// <summary>True or false; null when absent or wrong.</summary>
    public bool? Flag(string name)
    {
        if (!TryGet(name, out var value)) return null;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False) return value.GetBoolean();
        Wrong(name, $"must be true or false, not {Kind(value)}.");
        return null;
    }

    /// <summary>An object; null when absent or wrong.</summary>
    public RequestObject? Child(string name, bool required = false)
    {
        if (!TryGet(name, out var value))
        {
            if (required) Wrong(name, "is required: an object.");
            return null;
        }

        if (value.ValueKind == JsonValueKind.Object) return new RequestObject(value, At(name), Issues, _snakeToo);
        Wrong(name, $"must be an object, not {Kind(value)}.");
        return null;
    }

    /// <summary>The elements of an array with their paths; empty when absent or wrong.</summary>
    public IEnumerable<(JsonElement Value, string Path)> Items(string name, bool required = false)
    {
        if (!TryGet(name, out var array))
        {
            if (required) Wrong(name, "is required: an array.");
            yield break;
        }

        if (array.ValueKind != JsonValueKind.Array)
        {
            Wrong(name, $"must be an array, not {Kind(array)}.");
            yield break;
        }

        var i = 0;
        foreach (var value in array.EnumerateArray()) yield return (value, $"{At(name)}[{i++}]");
    }

    /// <summary>The objects of an array; others are errors.</summary>
    public IEnumerable<RequestObject> Objects(string name, bool required = false)
    {
        foreach (var (value, path) in Items(name, required))
        {
            if (value.ValueKind == JsonValueKind.Object) yield return new RequestObject(value, path, Issues, _snakeToo);
            else Issues.Error(path, $"must be an object, not {Kind(value)}.");
        }
    }

    /// <summary>The strings of an array; others are errors.</summary>
    public IReadOnlyList<string> Texts(string name)
    {
        var texts = new List<string>();
        foreach (var (value, path) in Items(name))
        {
            if (value.ValueKind == JsonValueKind.String) texts.Add(JsonText.Read(value));
            else Issues.Error(path, $"must be a string, not {Kind(value)}.");
        }

        return texts;
    }

    /// <summary>The strings of an array, or one string alone.</summary>
    public IReadOnlyList<string> TextOrTexts(string name) => TryGet(name, out var value) && value.ValueKind == JsonValueKind.String ? [JsonText.Read(value)] : Texts(name);

    /// <summary>These fields change nothing of the answer; they are left out and named.</summary>
    public void Hint(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            if (TryGet(name, out _)) Issues.Hint(At(name), "says nothing to the model that answers.");
    }

    /// <summary>As <see cref="Hint"/>, but for a value that says no more than the field's absence.</summary>
    public void HintUnless(string name, Predicate<JsonElement> isDefault)
    {
        if (TryGet(name, out var value) && !isDefault(value)) Hint(name);
    }

    /// <summary>These fields say nothing at all to others: words of the protocol, or what is said elsewhere. Dropped without a word.</summary>
    public void Ignore(params ReadOnlySpan<string> names)
    {
        foreach (var name in names) TryGet(name, out _);
    }

    /// <summary>As <see cref="Ignore"/>, for a value that says no more than the field's absence.</summary>
    public void IgnoreIf(string name, Predicate<JsonElement> isDefault)
    {
        if (Find(name, out var value) && !isDefault(value)) _seen.Remove(name);
    }

    /// <summary>Tells every field that nobody asked for.</summary>
    public void TellRest()
    {
        foreach (var (name, value) in _fields)
            if (value.ValueKind != JsonValueKind.Null && !_seen.Contains(name)) Issues.Inexpressible(At(name), "has no meaning for the model that answers.");
    }

    /// <summary>Words for the type of a value.</summary>
    public static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "a truth value",
    };

    /// <summary>A caller's text, fit for a message.</summary>
    public static string Short(string text) => text.Length <= 40 ? text : text[..40] + "...";

    private static string Range(double least, double most) => (least, most) switch
    {
        (_, >= int.MaxValue) => $"at least {least}",
        _ => $"between {least} and {most}",
    };

    private bool Find(string name, out JsonElement value)
    {
        _seen.Add(name);
        for (var i = _fields.Count - 1; i >= 0; i--)
        {
            if (!string.Equals(_fields[i].Name, name, StringComparison.Ordinal)) continue;
            value = _fields[i].Value;
            return value.ValueKind != JsonValueKind.Null;
        }

        value = default;
        return false;
    }
}

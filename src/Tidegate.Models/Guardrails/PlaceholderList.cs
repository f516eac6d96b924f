using System.Text;

namespace Tidegate.Models.Guardrails;

/// <summary>
/// The placeholders of one call: the same value gets the same one, numbered in order of appearance, so that the next turn of a conversation reads the same to the model.
/// Texts that already stand in the request are never taken.
/// </summary>
internal sealed class PlaceholderList(ReadOnlyMemory<byte> request)
{
    /// <summary>Longest placeholder: a name of 24, a number and brackets.</summary>
    public const int MostLength = 40;

    private readonly Dictionary<string, string> _byValue = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _byPlaceholder = new(StringComparer.OrdinalIgnoreCase); // models like capitals
    private readonly Dictionary<string, string> _byText = new(StringComparer.Ordinal); // whatever it was found as
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    /// <summary>There are some.</summary>
    public bool Any => _byValue.Count > 0;

    /// <summary>The placeholder of a value.</summary>
    public string For(string name, string value)
    {
        var key = $"{name}\n{value}";
        if (_byValue.TryGetValue(key, out var known)) return known;
        var number = _numbers.GetValueOrDefault(name);
        string made;
        do made = $"[{name}_{++number}]";
        while (request.Span.IndexOf(Encoding.UTF8.GetBytes(made)) >= 0);
        _numbers[name] = number;
        _byPlaceholder[made] = value;
        _byText.TryAdd(value, made);
        return _byValue[key] = made;
    }

    /// <summary>The values behind them.</summary>
    public IReadOnlyCollection<string> Values => _byText.Keys;

    /// <summary>A placeholder of a value that has one.</summary>
    public string PlaceholderOf(string value) => _byText[value];

    /// <summary>The value behind a placeholder; null for texts that are none.</summary>
    public string? ValueOf(string placeholder) => _byPlaceholder.GetValueOrDefault(placeholder);
}

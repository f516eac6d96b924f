namespace Tidegate.Gateway.Request.Match;

/// <summary>Values of a path template's parameters, in template order.</summary>
internal sealed class PathParameters
{
    private readonly List<KeyValuePair<string, string>> _values = [];

    /// <summary>Number of values.</summary>
    public int Count => _values.Count;

    /// <summary>Adds a value.</summary>
    public void Add(string name, string value) => _values.Add(new(name, value));

    /// <summary>The value of a parameter, or null.</summary>
    public string? Find(string name)
    {
        foreach (var (key, value) in _values)
            if (string.Equals(key, name, StringComparison.Ordinal)) return value;
        return null;
    }

    /// <summary>Forgets all.</summary>
    public void Clear() => _values.Clear();
}

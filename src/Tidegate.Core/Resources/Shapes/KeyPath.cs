using System.Buffers;
using System.Globalization;
using System.Text;

namespace Tidegate.Core.Resources.Shapes;

/// <summary>Where we are in an object, as a stack: <c>spec.match.hosts[1]</c>. The text is made only when somebody asks for it.</summary>
internal sealed class KeyPath
{
    private static readonly SearchValues<char> Plain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private readonly List<(string? Key, int Index)> _segments = [];

    public void Push(string key) => _segments.Add((key, 0));

    public void Push(int index) => _segments.Add((null, index));

    public void Pop() => _segments.RemoveAt(_segments.Count - 1);

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (key, index) in _segments)
        {
            if (key is null) text.Append(CultureInfo.InvariantCulture, $"[{index}]");
            else if (text.Length == 0 && IsPlain(key)) text.Append(key);
            else text.Append(Below(key));
        }

        return text.ToString();
    }

    /// <summary>A key as it stands after its parent: <c>.hosts</c>, or <c>["X Y"]</c> when it is no plain word.</summary>
    public static string Below(string key) => IsPlain(key) ? "." + key : $"[\"{key}\"]";

    private static bool IsPlain(string key) => key.Length > 0 && !key.AsSpan().ContainsAnyExcept(Plain);
}

using System.Text;

namespace Tidegate.Cli;

/// <summary>Builds paths of the admin API; everything that came from a person is escaped.</summary>
internal static class AdminPath
{
    /// <summary><c>Of("calls", ("limit", "20"), ("route", null))</c> is <c>calls?limit=20</c>: parameters without a value are left out.</summary>
    public static string Of(string path, params ReadOnlySpan<(string Name, string? Value)> query)
    {
        var text = new StringBuilder(path);
        var separator = path.Contains('?') ? '&' : '?';
        foreach (var (name, value) in query)
        {
            if (value is null) continue;
            text.Append(separator).Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value));
            separator = '&';
        }

        return text.ToString();
    }

    /// <summary>A name inside a path: <c>$"routes/{AdminPath.Segment(name)}"</c>.</summary>
    public static string Segment(string name) => Uri.EscapeDataString(name);
}

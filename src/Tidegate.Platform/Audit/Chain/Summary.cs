using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Tidegate.Core.Resources.Schema;
using Tidegate.Platform.Hosting;

namespace Tidegate.Platform.Audit.Chain;

/// <summary>Text that may be stored: no secrets, nothing a database refuses, bounded.</summary>
internal static partial class Summary
{
    private const int Longest = 4000;

    private static readonly JsonSerializerOptions Json = new(ApiJson.Options)
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutSecrets } },
    };

    public static string? Of(object? state) => state switch
    {
        null => null,
        string text => Clean(text, Longest),
        _ => Clean(JsonSerializer.Serialize(state, Json), Longest),
    };

    /// <summary>Names come from callers: NUL and lone surrogates would be refused by PostgreSQL, or hash differently after a round trip.</summary>
    public static string Clean(string text, int longest)
    {
        var cut = text.Length <= longest ? text : string.Concat(text.AsSpan(0, longest - 1), "…");
        var whole = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(cut)).Replace('\0', '\uFFFD');
        return Credential().Replace(whole, "${kind}…");
    }

    private static void LeaveOutSecrets(JsonTypeInfo type)
    {
        for (var i = type.Properties.Count - 1; i >= 0; i--)
            if (type.Properties[i].AttributeProvider is MemberInfo member && member.IsDefined(typeof(SecretAttribute), inherit: true)) type.Properties.RemoveAt(i);
    }

    // The last net: a credential of ours that got into a summary in spite of all is cut to its prefix.
    [GeneratedRegex(@"\b(?<kind>tg[tk]_)[A-Za-z0-9_-]{20,}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Credential();
}

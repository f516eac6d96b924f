using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Tidegate.Models.Formats;

/// <summary>Words of a provider's error that a caller may read: no keys, no pages of HTML, not endless.</summary>
internal static partial class ErrorText
{
    private const int Most = 600;

    /// <summary>A message without anything that looks like a key, in one piece of at most 600 characters.</summary>
    public static string Clean(string message)
    {
        var text = Keys().Replace(message.Trim(), "[key]");
        return text.Length <= Most ? text : string.Concat(text.AsSpan(0, Most - 3), "...");
    }

    /// <summary>True when something in a body looks like a key.</summary>
    public static bool HasKey(ReadOnlySpan<byte> body) => Keys().IsMatch(Encoding.UTF8.GetString(body));

    /// <summary>The message of a body that is no JSON: the title of a page, the text, or the bare status.</summary>
    public static string OfBody(int status, ReadOnlySpan<byte> body)
    {
        var text = Encoding.UTF8.GetString(body[..Math.Min(body.Length, 16 << 10)]).Trim();
        if (text.Length == 0) return $"The provider answered {status} without content.";
        if (!text.StartsWith('<')) return Clean(text);
        var title = Title().Match(text);
        return title.Success
            ? $"The provider answered {status} with a page: {Clean(WebUtility.HtmlDecode(title.Groups["title"].Value))}"
            : $"The provider answered {status} with a page instead of JSON.";
    }

    // Keys takes linear time, Title sees at most 16 KiB: a limit in time would only make a busy machine throw.
    [GeneratedRegex("<title[^>]*>(?<title>[^<]+)</title>", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex Title();

    // Prefixes of the vendors' keys; also as they mask them (sk-abc***xyz), which still tells two halves.
    [GeneratedRegex(@"\b(?:sk|pk|rk|gsk|xai|pplx|nvapi|hf|fw|r8|csk|sk_live|sess)[-_][A-Za-z0-9_\-*•.]{6,}|\bAIza[A-Za-z0-9_\-]{10,}|\bBearer\s+[^\s""']{8,}", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex Keys();
}

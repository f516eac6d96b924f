namespace Tidegate.Models.Guardrails.Detectors;

/// <summary>Random text after a name that says what it is: <c>api_key = "..."</c>, <c>PASSWORD: ...</c>. The finding is the value alone.</summary>
internal sealed class AssignedSecretDetector : Detector
{
    private const int Least = 12, Most = 256;

    private static readonly string[] Names = ["key", "apikey", "secret", "token", "password", "passwd", "pwd", "passphrase", "credential", "credentials"];

    public override Found Match(ref TextView text)
    {
        if (!IsName(text[0]) || IsName(text[-1])) return Found.Nothing;
        var at = 1;
        while (at <= 64 && IsName(text[at])) at++;
        if (!IsTelling(text.Span(0, Math.Min(at, 64)))) return Found.Nothing;
        if (text[at] is '"' or '\'') at++;
        at = Spaces(ref text, at);
        if (text[at] is not ('=' or ':')) return Found.Nothing;
        at = Spaces(ref text, at + 1);
        if (text[at] is '"' or '\'' or '`') at++;
        var from = at;
        while (at - from < Most && IsValue(text[at])) at++;
        while (at > from && text[at - 1] is '.' or '!' or '?') at--;
        return at - from >= Least && IsRandom(text.Span(from, at - from)) ? new Found(from, at - from) : Found.Nothing;
    }

    private static int Spaces(ref TextView text, int at)
    {
        for (var i = 0; i < 3 && text[at] is ' ' or '\t'; i++) at++;
        return at;
    }

    private static bool IsTelling(ReadOnlySpan<char> name)
    {
        foreach (var known in Names)
            if (name.EndsWith(known, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    // Letters and digits, and more than three bits a character: words of a language have less of both.
    private static bool IsRandom(ReadOnlySpan<char> value)
    {
        if (!value.ContainsAnyInRange('0', '9') || !(value.ContainsAnyInRange('a', 'z') || value.ContainsAnyInRange('A', 'Z'))) return false;
        Span<int> counts = stackalloc int[128];
        counts.Clear();
        foreach (var c in value) counts[c & 127]++;
        var bits = 0.0;
        foreach (var count in counts)
            if (count > 0) bits -= (double)count / value.Length * Math.Log2((double)count / value.Length);
        return bits >= 3;
    }

    private static bool IsName(int c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_' or '-';

    private static bool IsValue(int c) => c is > ' ' and < 127 and not ('"' or '\'' or '`' or '<' or '>' or ',' or ';' or '(' or ')' or '{' or '}' or '[' or ']' or '\\');
}

namespace Tidegate.Models.Guardrails.Detectors;

/// <summary>E-mail addresses, letters of any script: local part up to 64 characters, a domain with a dot and a last label of letters.</summary>
internal sealed class EmailDetector : Detector
{
    public override Found Match(ref TextView text)
    {
        if (!IsLocal(text[0]) || IsLocal(text[-1])) return Found.Nothing;
        var at = 1;
        while (at <= 64 && IsLocal(text[at])) at++;
        if (text[at] != '@') return Found.Nothing;
        var end = at + 1;
        while (end - at <= 255 && IsDomain(text[end])) end++;
        while (end > at && text[end - 1] is '.' or '-') end--; // the end of the sentence
        var dot = end - 1;
        while (dot > at && text[dot] != '.') dot--;
        if (dot <= at + 1 || end - dot < 3) return Found.Nothing;
        for (var i = at + 1; i < end; i++)
            if (text[i] == '.' && text[i - 1] is '.' or '@') return Found.Nothing;
        for (var i = dot + 1; i < end; i++)
            if (!char.IsLetter((char)text[i]) && !text.Follows(dot + 1, "xn--")) return Found.Nothing;
        return Found.Of(end);
    }

    private static bool IsLocal(int c) => c >= 0 && (char.IsLetterOrDigit((char)c) || c is '.' or '_' or '%' or '+' or '-');

    private static bool IsDomain(int c) => c >= 0 && (char.IsLetterOrDigit((char)c) || c is '.' or '-');
}

using System.Buffers;

namespace Tidegate.Models.Guardrails.Detectors;

/// <summary>JSON web tokens: header and payload that begin as base64 of <c>{"</c>, and a signature.</summary>
internal sealed class JwtDetector : Detector
{
    private static readonly SearchValues<char> First = SearchValues.Create("e");

    protected override SearchValues<char> Starts => First;

    public override Found Match(ref TextView text)
    {
        if (text.IsWord(-1)) return Found.Nothing;
        var at = 0;
        for (var part = 0; part < 2; part++)
        {
            if (text[at] != 'e' || text[at + 1] != 'y' || text[at + 2] != 'J') return Found.Nothing;
            var from = at;
            while (IsBase64Url(text[at])) at++;
            if (at - from < 8) return Found.Nothing;
            if (text[at] != '.') return part == 1 && text[at] == TextView.None ? Found.Of(at) : Found.Nothing; // cut off in its payload
            at++;
        }

        while (IsBase64Url(text[at])) at++;
        return Found.Of(at); // without a signature it is no less telling
    }

    private static bool IsBase64Url(int c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '_';
}

using System.Buffers;

namespace Tidegate.Models.Guardrails.Detectors;

/// <summary>Private keys in PEM, from the first hyphen to the last; as far as may be looked when the end does not come.</summary>
internal sealed class PemDetector : Detector
{
    private const string Begin = "-----BEGIN ", PrivateKey = "PRIVATE KEY-----", End = "-----END ";

    private static readonly SearchValues<char> First = SearchValues.Create("-");

    protected override SearchValues<char> Starts => First;

    public override Found Match(ref TextView text)
    {
        if (!text.Follows(0, Begin)) return Found.Nothing;
        var at = Begin.Length;
        while (at < 48 && text[at] is (>= 'A' and <= 'Z') or ' ' && !text.Follows(at, PrivateKey)) at++;
        if (!text.Follows(at, PrivateKey)) return Found.Nothing;
        at += PrivateKey.Length;
        while (text[at] is >= 0 and var c)
        {
            if (c == '-' && text.Follows(at, End))
            {
                at += End.Length;
                while (text[at] is (>= 'A' and <= 'Z') or ' ') at++;
                while (text[at] == '-') at++;
                break;
            }

            at++;
        }

        return Found.Of(at);
    }
}

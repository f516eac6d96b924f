using System.Buffers;

namespace Tidegate.Models.Guardrails.Detectors;

/// <summary>IBANs: country, check digits (mod 97 is 1) and as many characters as the country has, in groups of four or without spaces.</summary>
internal sealed class IbanDetector : Detector
{
    // Country and length, from the published registry of the format.
    private const string Lengths =
        "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 " +
        "HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 " +
        "QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30";

    private static readonly SearchValues<char> First = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ");

    protected override SearchValues<char> Starts => First;

    public override Found Match(ref TextView text)
    {
        if (text.IsWord(-1) || text[1] is not (>= 'A' and <= 'Z') || !text.IsDigit(2) || !text.IsDigit(3)) return Found.Nothing;
        var length = LengthOf((char)text[0], (char)text[1]);
        if (length == 0) return Found.Nothing;
        Span<char> kept = stackalloc char[length];
        var at = 0;
        for (var count = 0; count < length; at++)
        {
            if (text[at] == ' ' && count % 4 == 0 && count > 0) at++;
            if (text[at] is not ((>= 'A' and <= 'Z') or (>= '0' and <= '9'))) return Found.Nothing;
            kept[count++] = (char)text[at];
        }

        return !text.IsWord(at) && IsMod97(kept) ? Found.Of(at) : Found.Nothing;
    }

    /// <summary>The check digits are right (ISO 7064 mod 97-10).</summary>
    public static bool IsMod97(ReadOnlySpan<char> iban)
    {
        var rest = 0;
        for (var i = 0; i < iban.Length; i++)
        {
            var c = iban[(i + 4) % iban.Length];
            rest = char.IsAsciiDigit(c) ? ((rest * 10) + c - '0') % 97 : ((rest * 100) + c - 'A' + 10) % 97;
        }

        return rest == 1;
    }

    private static int LengthOf(char first, char second)
    {
        for (var i = 0; i < Lengths.Length; i += 5)
            if (Lengths[i] == first && Lengths[i + 1] == second) return ((Lengths[i + 2] - '0') * 10) + Lengths[i + 3] - '0';
        return 0;
    }
}

using System.Buffers;

namespace Tidegate.Models.Guardrails.Detectors;

/// <summary>German tax ids: eleven digits; of the first ten one stands there twice or thrice and no other more than once; the last is a check digit (ISO 7064 mod 11,10).</summary>
internal sealed class DeTaxIdDetector : Detector
{
    private static readonly SearchValues<char> First = SearchValues.Create("123456789");

    protected override SearchValues<char> Starts => First;

    public override Found Match(ref TextView text)
    {
        if (text.IsWord(-1)) return Found.Nothing;
        var run = new DigitRun(ref text, 12, " ");
        return run.Count == 11 && !run.IsCut && IsTaxId(run.Digits(11)) ? Found.Of(run.EndOf(11)) : Found.Nothing;
    }

    /// <summary>Eleven digits that are one.</summary>
    public static bool IsTaxId(ReadOnlySpan<char> digits)
    {
        Span<int> seen = stackalloc int[10];
        seen.Clear();
        var product = 10;
        for (var i = 0; i < 10; i++)
        {
            var digit = digits[i] - '0';
            seen[digit]++;
            var sum = (digit + product) % 10;
            product = 2 * (sum == 0 ? 10 : sum) % 11;
        }

        var more = 0;
        foreach (var count in seen)
        {
            if (count > 3) return false;
            if (count > 1) more++;
        }

        var check = 11 - product;
        return more == 1 && digits[10] - '0' == (check == 10 ? 0 : check);
    }
}

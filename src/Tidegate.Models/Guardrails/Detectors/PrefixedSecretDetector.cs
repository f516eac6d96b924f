using System.Buffers;

namespace Tidegate.Models.Guardrails.Detectors;

/// <summary>Keys that say by their first letters whose they are.</summary>
internal sealed class PrefixedSecretDetector : Detector
{
    private const int Most = 512;

    // First letters, and how many characters must follow at least.
    private static readonly (string Prefix, int Least)[] Known =
    [
        ("sk-", 20), ("sk_live_", 16), ("sk_test_", 16), ("rk_live_", 16), ("rk_test_", 16), ("pk_live_", 16), ("whsec_", 24),
        ("ghp_", 30), ("gho_", 30), ("ghu_", 30), ("ghs_", 30), ("ghr_", 30), ("github_pat_", 22), ("glpat-", 20),
        ("AKIA", 16), ("ASIA", 16), ("AIza", 35), ("ya29.", 20), ("GOCSPX-", 20),
        ("xoxb-", 20), ("xoxp-", 20), ("xoxa-", 20), ("xoxr-", 20), ("xoxs-", 20), ("xapp-", 20),
        ("npm_", 30), ("pypi-", 40), ("dop_v1_", 40), ("SG.", 40), ("hf_", 30), ("gsk_", 40), ("xai-", 40), ("r8_", 30), ("nvapi-", 40), ("pplx-", 40),
        ("shpat_", 30), ("sq0atp-", 20), ("EAAC", 40), ("key-", 32),
        ("tgk_", 40), ("tgt_", 40), ("tgs_", 40), // our own
    ];

    private static readonly SearchValues<char> First = SearchValues.Create([.. Known.Select(k => k.Prefix[0]).Distinct()]);

    protected override SearchValues<char> Starts => First;

    public override Found Match(ref TextView text)
    {
        if (text.IsWord(-1) || text[-1] == '_') return Found.Nothing;
        foreach (var (prefix, least) in Known)
        {
            var at = 0;
            while (at < prefix.Length && text[at] == prefix[at]) at++;
            if (at < prefix.Length) continue;
            while (at < Most && IsKey(text[at])) at++;
            while (text[at - 1] == '.') at--;
            if (at - prefix.Length >= least) return Found.Of(at);
        }

        return Found.Nothing;
    }

    private static bool IsKey(int c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '_' or '.';
}

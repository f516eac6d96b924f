using Tidegate.Core.Resources.Guardrails;
using Tidegate.Models.Guardrails.Detectors;

namespace Tidegate.Models.Guardrails;

/// <summary>All that can be looked for in texts, one line each.</summary>
internal static class DetectorList
{
    private static readonly Dictionary<DetectType, (string Word, Func<DetectConfig, Detector[]> Make)> All = new()
    {
        [DetectType.Email] = ("email", _ => [new EmailDetector()]),
        [DetectType.Phone] = ("phone", _ => [new PhoneDetector()]),
        [DetectType.Card] = ("card", _ => [new CardDetector()]),
        [DetectType.Iban] = ("iban", _ => [new IbanDetector()]),
        [DetectType.UsSsn] = ("us_ssn", _ => [new UsSsnDetector()]),
        [DetectType.DeTaxId] = ("de_tax_id", _ => [new DeTaxIdDetector()]),
        [DetectType.NlBsn] = ("nl_bsn", _ => [new NlBsnDetector()]),
        [DetectType.UkNino] = ("uk_nino", _ => [new UkNinoDetector()]),
        [DetectType.Secret] = ("secret", _ => [new PemDetector(), new JwtDetector(), new PrefixedSecretDetector(), new AssignedSecretDetector()]),
        [DetectType.Ip] = ("ip", _ => [new IpDetector()]),
        [DetectType.Regex] = ("regex", c => [new RegexDetector(c.Pattern!, c.MaxLength)]),
        [DetectType.Keyword] = ("keyword", c => [new KeywordDetector(c.Words)]),
        [DetectType.JsonPath] = ("json_path", _ => []), // a place, not a look: JsonPlaces
        [DetectType.PromptInjection] = ("prompt_injection", _ => [new PromptInjectionDetector()]),
    };

    /// <summary>Name of a finding where the document gives none.</summary>
    public static string WordOf(DetectType type) => All[type].Word;

    /// <summary>What looks for it.</summary>
    public static IReadOnlyList<Detector> Make(DetectConfig config) => All[config.Type].Make(config);
}

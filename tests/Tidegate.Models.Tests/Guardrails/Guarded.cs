using Tidegate.Core.Resources.Guardrails;
using Tidegate.Models.Chat;
using Tidegate.Models.Guardrails;

namespace Tidegate.Models.Tests.Guardrails;

/// <summary>Texts through guardrails, whole and in pieces.</summary>
internal static class Guarded
{
    /// <summary>One of everything that looks at texts, cards first.</summary>
    public static readonly DetectConfig[] Everything =
    [
        .. new[] { DetectType.Secret, DetectType.Email, DetectType.Card, DetectType.Iban, DetectType.UsSsn, DetectType.UkNino, DetectType.DeTaxId, DetectType.NlBsn, DetectType.Phone, DetectType.Ip }
            .Select(t => new DetectConfig { Type = t }),
        new DetectConfig { Type = DetectType.Keyword, Name = "project", Words = ["Blue Heron", "heron"] },
        new DetectConfig { Type = DetectType.Regex, Name = "ticket", Pattern = @"\bTCK-\d{2,6}\b", MaxLength = 10 },
        new DetectConfig { Type = DetectType.PromptInjection },
    ];

    public static GuardLook[] Looks(params DetectConfig[] detect) => new Guardrail("g", new GuardrailConfig { Detect = detect }).Request;

    public static string Whole(string text, params DetectConfig[] detect) => new TextGuard(Looks(detect), Findings(), 4096).Whole(text);

    public static GuardFindings Findings() => new(new PlaceholderList(default));

    /// <summary>The text cut at places that follow from the numbers.</summary>
    public static IEnumerable<string> Cut(string text, IEnumerable<int> cuts)
    {
        var at = 0;
        foreach (var to in cuts.Select(c => (int)((uint)c % (text.Length + 1))).Order())
        {
            yield return text[at..to];
            at = to;
        }

        yield return text[at..];
    }

    public static string Text(IEnumerable<ChatEvent> events) => string.Concat(events.OfType<TextDelta>().Select(t => t.Text));
}

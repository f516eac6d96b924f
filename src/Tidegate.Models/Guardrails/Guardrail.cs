using Tidegate.Core.Resources.Guardrails;
using Tidegate.Models.Guardrails.Json;

namespace Tidegate.Models.Guardrails;

/// <summary>A guardrail as calls see it. Immutable.</summary>
internal sealed class Guardrail
{
    /// <summary>Makes it of a document that has passed its rules.</summary>
    public Guardrail(string name, GuardrailConfig config)
    {
        (Name, Config) = (name, config);
        var request = new List<GuardLook>();
        var answer = new List<GuardLook>();
        var places = new List<JsonPlace>();
        foreach (var detect in config.Detect)
        {
            var word = detect.Name ?? DetectorList.WordOf(detect.Type);
            var rule = new GuardRule(name, word, detect.Action, detect.Replacement ?? $"[{word}]") { InInstructions = detect.Type != DetectType.PromptInjection };
            if (detect.Type == DetectType.JsonPath) places.Add(new JsonPlace([.. JsonPathText.Parse(detect.Path!)!], rule));
            var looks = DetectorList.Make(detect).Select(d => new GuardLook(d, rule)).ToArray();
            if (detect.On != GuardDirection.Answer) request.AddRange(looks);
            if (detect.On != GuardDirection.Request && detect.Type != DetectType.PromptInjection)
                answer.AddRange(looks.Select(l => l with { Rule = rule with { Action = rule.Action == GuardAction.Tokenise ? GuardAction.Mask : rule.Action } }));
        }

        AsksAboutRequests = config.Webhooks.Any(h => h.On != GuardDirection.Answer);
        AsksAboutAnswers = config.Webhooks.Any(h => h.On != GuardDirection.Request);
        (Request, Answer, Places) = ([.. request], [.. answer], [.. places]);
    }

    /// <summary>Name in the document.</summary>
    public string Name { get; }

    /// <summary>What the document says, secrets resolved.</summary>
    public GuardrailConfig Config { get; }

    /// <summary>It has an outside guard that is asked about requests.</summary>
    public bool AsksAboutRequests { get; }

    /// <summary>It has one that is asked about answers.</summary>
    public bool AsksAboutAnswers { get; }

    /// <summary>What is looked for in requests.</summary>
    public GuardLook[] Request { get; }

    /// <summary>What is looked for in answers.</summary>
    public GuardLook[] Answer { get; }

    /// <summary>Places of the request that are of concern whatever stands there.</summary>
    public JsonPlace[] Places { get; }
}

using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Guardrails.Rules;

/// <summary>A guardrail does something.</summary>
internal sealed class EmptyGuardrailRule : ResourceRule<GuardrailConfig>
{
    public override void Check(GuardrailConfig spec, ResourceScope scope)
    {
        if (spec is { Detect.Count: 0, MaxRequestLength: 0, MaxAnswerLength: 0, CheckSchema: false, Webhooks.Count: 0 })
            scope.Warning("empty_guardrail", "spec.detect", "This guardrail does nothing: give it something to detect, a length, checkSchema, or a webhook.");
    }
}

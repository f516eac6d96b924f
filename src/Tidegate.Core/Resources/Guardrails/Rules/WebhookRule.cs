using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Guardrails.Rules;

/// <summary>Outside guards can be told apart and reached.</summary>
internal sealed class WebhookRule : ResourceRule<GuardrailConfig>
{
    public override void Check(GuardrailConfig spec, ResourceScope scope)
    {
        for (var i = 0; i < spec.Webhooks.Count; i++)
        {
            var (hook, path) = (spec.Webhooks[i], $"spec.webhooks[{i}]");
            if (!(hook.Name.Length is > 0 and <= 24 && hook.Name.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_')))
                scope.Error("bad_name", $"{path}.name", "A name has 1 to 24 small letters, digits or _.");
            else if (spec.Webhooks.Take(i).Any(other => other.Name == hook.Name))
                scope.Error("duplicate", $"{path}.name", $"There is another webhook \"{hook.Name}\" in this guardrail: records could not tell them apart.");
            if (!hook.Url.IsAbsoluteUri || hook.Url.Scheme is not ("http" or "https") || hook.Url.UserInfo.Length > 0)
                scope.Error("bad_url", $"{path}.url", "This is no address such as https://guard.internal/check. Credentials belong into headers.");
        }
    }
}

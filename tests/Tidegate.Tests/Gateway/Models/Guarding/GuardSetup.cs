using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Guardrails;
using Tidegate.Core.Resources.Models;
using Tidegate.Core.Resources.Providers;
using Tidegate.Core.Resources.Routes;
using Tidegate.Tests.Gateway.Models.Support;
using Tidegate.Tests.Gateway.Support;

namespace Tidegate.Tests.Gateway.Models.Guarding;

/// <summary>Alias <c>fast</c> with one guardrail, <c>pii</c>.</summary>
internal static class GuardSetup
{
    public static DetectConfig Email(GuardAction action, GuardDirection on = GuardDirection.Both) => new() { Type = DetectType.Email, Action = action, On = on };

    public static Resource<GuardrailConfig> Guardrail(string name, GuardrailConfig spec) => new()
    {
        ApiVersion = "tidegate/v1", Kind = "Guardrail", Metadata = new ResourceMetadata { Name = name }, Spec = spec,
    };

    public static Task<TestGateway> StartAsync(GuardrailConfig guardrail, params ChatUpstream[] upstreams) => TestGateway.StartAsync(Document(guardrail, upstreams));

    public static ConfigDocument Document(GuardrailConfig guardrail, params ChatUpstream[] upstreams) => Document(guardrail, m => m, [.. upstreams.Select((u, i) => ModelSetup.Provider($"p{i + 1}", u.Address))]);

    public static ConfigDocument Document(GuardrailConfig guardrail, Func<ModelConfig, ModelConfig> change, params Resource<ProviderConfig>[] providers) => Config.Document(
    [
        .. providers,
        Guardrail("pii", guardrail),
        ModelSetup.Model("fast", change(new ModelConfig { Targets = [.. providers.Select(p => new TargetConfig { Provider = p.Metadata.Name, Model = $"m-{p.Metadata.Name}" })], Guardrails = ["pii"] })),
        Config.Route("models", new RouteConfig { Models = new ModelsConfig(), Identify = Config.Anyone }),
    ]);

    public static string Chat(string text, bool stream = false) => $$"""{"model":"fast","stream":{{(stream ? "true" : "false")}},"messages":[{"role":"user","content":"{{text}}"}],"x":1.50}""";

    public static string Messages(string text, bool stream = false) => $$"""{"model":"fast","max_tokens":50,"stream":{{(stream ? "true" : "false")}},"messages":[{"role":"user","content":[{"type":"text","text":"{{text}}"}]}]}""";
}

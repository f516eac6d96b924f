using Tidegate.Core.Calls;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Models;
using Tidegate.Core.Resources.Providers;
using Tidegate.Core.Resources.Routes;
using Tidegate.Tests.Gateway.Models.Support;
using Tidegate.Tests.Gateway.Support;
using static Tidegate.Tests.Gateway.Models.Support.ModelSetup;

namespace Tidegate.Tests.Gateway.Models.Shadows;

/// <summary>Alias <c>fast</c> with the target <c>p1/m-p1</c> and the shadow <c>p2/s</c>, which is sent a copy of every call and costs 1 per million tokens of input and 2 of output.</summary>
internal static class ShadowSetup
{
    public static readonly ShadowConfig All = new() { Provider = "p2", Model = "s", Share = 1, MaxCostPerDay = "1.00 USD" };

    public static ConfigDocument Document(ChatUpstream primary, ChatUpstream shadow, Func<ShadowConfig, ShadowConfig>? change = null, Func<ModelConfig, ModelConfig>? model = null, params Resource[] more) => Config.Document(
    [
        Provider("p1", primary.Address), Priced(Provider("p2", shadow.Address)),
        Model("fast", (model ?? (m => m))(new ModelConfig { Targets = [new TargetConfig { Provider = "p1", Model = "m-p1" }], Shadow = change is null ? All : change(All) })),
        Config.Route("models", new RouteConfig { Models = new ModelsConfig(), Identify = Config.Anyone }),
        .. more,
    ]);

    public static Resource<ProviderConfig> Priced(Resource<ProviderConfig> provider) =>
        provider with { Spec = provider.Spec with { Models = [new ProviderModelConfig { Name = "s", Price = new ModelPriceConfig { InputPerMillion = 1, OutputPerMillion = 2 } }] } };

    public static Task<TestGateway> StartAsync(ChatUpstream primary, ChatUpstream shadow, Func<ShadowConfig, ShadowConfig>? change = null, Func<ModelConfig, ModelConfig>? model = null) =>
        TestGateway.StartAsync(Document(primary, shadow, change, model));

    /// <summary>The records of the next calls and of their copies, which come in any order.</summary>
    public static async Task<(IReadOnlyList<CallRecord> Calls, IReadOnlyList<CallRecord> Copies)> EndAsync(this TestGateway gateway, int calls, int copies)
    {
        var records = await gateway.Calls.WaitForAsync(calls + copies);
        return ([.. records.Where(r => r.Shadow is null)], [.. records.Where(r => r.Shadow is not null)]);
    }
}

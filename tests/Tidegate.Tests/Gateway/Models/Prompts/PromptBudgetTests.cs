using Tidegate.Core.Ports;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Budgets;
using Tidegate.Core.Resources.Prompts;
using Tidegate.Tests.Gateway.Models.Support;
using Tidegate.Tests.Gateway.Support;
using static Tidegate.Tests.Gateway.Models.Prompts.PromptSetup;
using static Tidegate.Tests.Gateway.Models.Support.ChatUpstream;

namespace Tidegate.Tests.Gateway.Models.Prompts;

/// <summary>Budgets of prompts.</summary>
public sealed class PromptBudgetTests
{
    private const string Ticket = """{"ticket":"x"}""";

    [Fact]
    public async Task Budget_OfAPrompt_CountsItAlone_WhateverItsVersion()
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("ok", input: 70, output: 10));
        var budget = new BudgetConfig { Window = BudgetWindow.Month, Tokens = 190, For = new BudgetScopeConfig { Prompts = ["triage"] } };
        await using var gateway = await StartAsync(Prompt(Version("1") with { MaxTokens = 10 }, Version("2") with { MaxTokens = 10 }), upstream, null, Budget("b", budget), Resource("other", Prompt(Version() with { MaxTokens = 10 })));

        Assert.Equal((int[])[200, 200, 429], (int[])[await StatusAsync(gateway, At), await StatusAsync(gateway, At + "/versions/2"), await StatusAsync(gateway, At)]);
        Assert.Equal((int[])[200, 200], (int[])[await StatusAsync(gateway, "/v1/prompts/other"), (await gateway.AskAsync(ModelSetup.Ask)).Status]);
        await gateway.Calls.WaitForAsync(5);
        Assert.Equal((160L, 1L), gateway.Get<IBudgetStatus>().Budgets.Single() is var b ? (b.Tokens!.Used, b.Refused) : default);
    }

    [Fact]
    public async Task Budget_ForEachPrompt_CountsThemApart()
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("ok", input: 7, output: 3));
        var budget = new BudgetConfig { Window = BudgetWindow.Month, Cost = "1.00 USD", Each = BudgetEach.Prompt };
        await using var gateway = await StartAsync(Prompt(Version()), upstream, null, Budget("b", budget), Resource("other", Prompt(Version())));

        await gateway.AskAsync(Ticket, At);
        await gateway.AskAsync(Ticket, At);
        await gateway.AskAsync(Ticket, "/v1/prompts/other");
        await gateway.AskAsync(ModelSetup.Ask);
        await gateway.Calls.WaitForAsync(4);

        Assert.Equal(
            [("prompt", "other", 0.000044m), ("prompt", "triage", 0.000088m)],
            gateway.Get<IBudgetStatus>().Budgets.Select(b => (b.Each, b.Part, b.Cost!.Used)));
    }

    private static async Task<int> StatusAsync(TestGateway gateway, string path) => (await gateway.AskAsync(Ticket, path)).Status;

    private static Resource<BudgetConfig> Budget(string name, BudgetConfig spec) => new()
    {
        ApiVersion = "tidegate/v1", Kind = "Budget", Metadata = new ResourceMetadata { Name = name }, Spec = spec,
    };
}

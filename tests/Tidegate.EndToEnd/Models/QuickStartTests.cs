using System.ClientModel;
using Anthropic;
using Anthropic.Models.Messages;
using OpenAI;
using OpenAI.Chat;
using Tidegate.EndToEnd.Models.Support;
using Tidegate.EndToEnd.Support;

#pragma warning disable xUnit1051 // These lines stand in a guide, where nobody has a token of a test.

namespace Tidegate.EndToEnd.Models;

/// <summary>The lines of docs/guides/models.md, run as they stand there but for the address.</summary>
[Collection(nameof(ModelHost))]
public sealed class QuickStartTests(ModelHost host)
{
    private const string Key = ConfigFiles.Key;

    [Fact]
    public async Task OpenAi_AsInTheGuide()
    {
        var (address, key) = (host.Node.Traffic.GetLeftPart(UriPartial.Authority), Key);

        // guide
        var client = new ChatClient("fast", new ApiKeyCredential(key), new OpenAIClientOptions { Endpoint = new Uri($"{address}/v1") });
        ChatCompletion answer = await client.CompleteChatAsync("Ahoy");
        // end

        Assert.Equal("Grüße 🌊 Ahoy", answer.Content[0].Text);
    }

    [Fact]
    public async Task Anthropic_AsInTheGuide()
    {
        var (address, key) = (host.Node.Traffic.GetLeftPart(UriPartial.Authority), Key);

        // guide
        var client = new AnthropicClient { BaseUrl = $"{address}", ApiKey = key };
        Message answer = await client.Messages.Create(new MessageCreateParams { Model = "fast", MaxTokens = 1000, Messages = [new UserMessageParam { Content = "Ahoy" }] });
        // end

        Assert.Equal("Grüße 🌊 Ahoy", ((TextBlock)answer.Content[0].Value!).Text);
    }

    [Fact]
    public void Guide_HasTheseLines()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "Tidegate.slnx"))) root = root.Parent!;
        var guide = File.ReadAllText(Path.Combine(root.FullName, "docs/guides/models.md"));
        var lines = File.ReadAllLines(Path.Combine(root.FullName, "tests/Tidegate.EndToEnd/Models/QuickStartTests.cs")).Select(l => l.Trim()).ToList();
        var shown = new List<string>();
        for (var at = lines.IndexOf("// guide"); at >= 0; at = lines.IndexOf("// guide", at + 1)) shown.AddRange(lines.Skip(at + 1).TakeWhile(l => l != "// end"));

        Assert.Equal(4, shown.Count);
        Assert.All(shown, line => Assert.Contains(line.Replace("$\"{address}", "\"http://localhost:8080", StringComparison.Ordinal), guide, StringComparison.Ordinal));
    }
}

using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats.OpenAi;

namespace Tidegate.Models.Tests.Formats.OpenAi;

/// <summary>Numbers as look-alikes write them.</summary>
public sealed class OpenAiUsageTests
{
    [Theory]
    [InlineData("""{"prompt_tokens":11,"completion_tokens":7}""", 11, 0, 7, 0)]
    [InlineData("""{"prompt_tokens":11.0,"completion_tokens":7e0}""", 11, 0, 7, 0)]
    [InlineData("""{"prompt_tokens":11,"completion_tokens":7.5}""", 11, 0, 8, 0)]
    [InlineData("""{"prompt_tokens":11,"completion_tokens":7,"completion_tokens_details":{"reasoning_tokens":4}}""", 11, 0, 7, 4)]
    [InlineData("""{"prompt_tokens":11,"completion_tokens":7,"total_tokens":22,"completion_tokens_details":{"reasoning_tokens":4}}""", 11, 0, 11, 4)] // xAI: beside
    [InlineData("""{"prompt_tokens":11,"completion_tokens":5,"total_tokens":16,"reasoning_tokens":500}""", 11, 0, 505, 500)] // Perplexity: beside
    [InlineData("""{"prompt_tokens":10,"completion_tokens":5,"prompt_tokens_details":{"cached_tokens":50}}""", 60, 50, 5, 0)]
    public void Numbers_PartsAreNeverMoreThanTheirWhole(string json, long input, long cached, long output, long reasoning)
    {
        using var document = JsonDocument.Parse(json);

        var usage = OpenAiUsage.Read(document.RootElement)!;

        Assert.Equal((input, cached, output, reasoning), (usage.Input, usage.CachedInput, usage.Output, usage.Reasoning));
    }

    [Theory]
    [InlineData("""{"prompt_tokens":1e300,"completion_tokens":7}""")]
    [InlineData("""{"prompt_tokens":1,"completion_tokens":1e19}""")]
    public void Numbers_NoCallCanHave_AreNotPlausible(string json)
    {
        using var document = JsonDocument.Parse(json);

        Assert.False(OpenAiUsage.Read(document.RootElement) is { IsPlausible: true });
    }
}

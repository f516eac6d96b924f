using System.Text.Json;
using Tidegate.Core.Prompts;
using Tidegate.Core.Resources.Prompts;

namespace Tidegate.Tests.Core.Prompts;

/// <summary>Renders versions made for a test.</summary>
internal static class Rendering
{
    /// <summary>A version with one message of the user.</summary>
    public static PromptVersionConfig Version(string template, params VariableConfig[] variables) =>
        new() { Version = "1", Model = "fast", Messages = [new PromptMessageConfig { Template = template }], Variables = variables };

    /// <summary>A variable of a type.</summary>
    public static VariableConfig Of(string name, VariableType type = VariableType.String) => new() { Name = name, Type = type };

    public static async Task<PromptRendering> RenderAsync(PromptVersionConfig version, string values, TimeProvider? time = null)
    {
        var problems = new List<string>();
        var program = PromptProgram.Of(version, problems);
        Assert.Empty(problems);
        return await program!.RenderAsync(JsonDocument.Parse(values).RootElement, time ?? TimeProvider.System);
    }

    /// <summary>The text of the only message.</summary>
    public static async Task<string> TextAsync(PromptVersionConfig version, string values)
    {
        var rendering = await RenderAsync(version, values);
        Assert.Empty(rendering.Problems);
        return Assert.Single(rendering.Messages).Text;
    }
}

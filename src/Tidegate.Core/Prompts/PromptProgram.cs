using System.Text.Json;
using Tidegate.Core.Prompts.Templates;
using Tidegate.Core.Prompts.Variables;
using Tidegate.Core.Resources.Prompts;

namespace Tidegate.Core.Prompts;

/// <summary>A version of a prompt, ready to be rendered. Immutable; used by any number of threads.</summary>
public sealed class PromptProgram
{
    /// <summary>Key of requests that is no variable: whether the answer is to be streamed.</summary>
    public const string StreamKey = "stream";

    private static readonly PromptRendering Blank = new([], [new VariableProblem("", "wrong_value", "All messages are blank with these values: there is nothing to ask.")]);

    private readonly (PromptRole Role, PromptTemplate Template)[] _messages;
    private readonly PromptVariables _variables;

    private PromptProgram((PromptRole Role, PromptTemplate Template)[] messages, PromptVariables variables) => (_messages, _variables) = (messages, variables);

    /// <summary>The program; null with all problems when the version cannot be used.</summary>
    public static PromptProgram? Of(PromptVersionConfig config, ICollection<string> problems)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(problems);
        var before = problems.Count;
        foreach (var variable in config.Variables)
            if (variable.Pattern is { } pattern && VariablePattern.Problem(pattern) is { } problem) problems.Add($"{variable.Name}: {problem}");
        var names = config.Variables.Select(v => v.Name).ToHashSet(StringComparer.Ordinal);
        var messages = new List<(PromptRole, PromptTemplate)>();
        foreach (var message in config.Messages)
        {
            var wrong = new List<TemplateProblem>();
            if (PromptTemplate.Parse(message.Template, names, wrong) is { } template) messages.Add((message.Role, template));
            foreach (var one in wrong) problems.Add(one.ToString());
        }

        return problems.Count > before ? null : new PromptProgram([.. messages], new PromptVariables(config.Variables));
    }

    /// <summary>The conversation with the values of a call in place, or all that is wrong with them.</summary>
    /// <param name="body">Values by name; <see cref="StreamKey"/> beside them is passed over.</param>
    /// <param name="time">Clock of the limit in time.</param>
    public async ValueTask<PromptRendering> RenderAsync(JsonElement body, TimeProvider time)
    {
        var problems = new List<VariableProblem>();
        if (_variables.Read(body, problems, StreamKey) is not { } given) return new PromptRendering([], problems);
        var values = _variables.Values(given, time);
        var messages = new List<PromptMessage>(_messages.Length);
        var left = PromptLimits.MostRendered;
        try
        {
            foreach (var (role, template) in _messages)
            {
                await using var writer = new BoundedWriter(left);
                await template.RenderAsync(writer, values);
                left = writer.Left;
                var text = writer.ToString().Trim();
                if (text.Length > 0) messages.Add(new PromptMessage(role, text));
            }
        }
        catch (RenderLimitException limit)
        {
            return new PromptRendering([], [new VariableProblem("", "too_large", limit.Message)]);
        }

        return messages.Count > 0 ? new PromptRendering(messages, []) : Blank;
    }
}

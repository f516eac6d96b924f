using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.AnthropicMessages;

/// <summary>How thinking is asked for, and what this format demands of a request that thinks.</summary>
internal sealed class AnthropicThinking
{
    // The format's own least budget.
    private const int LeastBudget = 1024;

    private AnthropicThinking(string? type, int? budget, string? display, string? effort, int maxTokens)
    {
        Type = type;
        Budget = budget;
        Display = display;
        Effort = effort;
        MaxTokens = maxTokens;
    }

    /// <summary><c>enabled</c>, <c>adaptive</c>, <c>disabled</c>; null: nothing is said.</summary>
    public string? Type { get; }

    /// <summary>Tokens of thought, with <c>enabled</c>.</summary>
    public int? Budget { get; }

    /// <summary>Whether thoughts are shown, where that is not the default.</summary>
    public string? Display { get; }

    /// <summary>For <c>output_config</c>.</summary>
    public string? Effort { get; }

    /// <summary>Limit of the answer, thoughts included.</summary>
    public int MaxTokens { get; }

    /// <summary>Temperature and the like are fixed while a model thinks.</summary>
    public bool IsOn => Type is "enabled" or "adaptive";

    public static ReasoningSettings? Read(RequestObject fields)
    {
        var effort = fields.Child("output_config")?.Text("effort");
        if (fields.Child("thinking") is not { } thinking) return effort is null ? null : new ReasoningSettings { Effort = effort };
        if (!thinking.Has("type")) thinking.Wrong("type", "is required: enabled, adaptive or disabled.");
        var type = thinking.Word("type", "enabled", "adaptive", "disabled");
        var display = thinking.Word("display", "summarized", "omitted");
        var budget = thinking.Count("budget_tokens", least: LeastBudget);
        if (type == "enabled" && !thinking.Has("budget_tokens")) thinking.Wrong("budget_tokens", "is required: at least 1024.");
        thinking.TellRest();
        return new ReasoningSettings
        {
            Effort = effort,
            Budget = type switch { "enabled" => budget, "adaptive" => -1, _ => 0 },
            Visible = display switch { "omitted" => false, "summarized" => true, _ => type == "enabled" ? true : null },
        };
    }

    public static AnthropicThinking Plan(ChatRequest request, AnthropicOptions options, FormatIssues issues)
    {
        var most = request.MaxTokens ?? options.DefaultMaxTokens;
        if (request.Reasoning is not { } wish) return new AnthropicThinking(null, null, null, null, most);
        var effort = wish.Effort is "none" ? null : wish.Effort;
        if (wish.Budget == 0 || (wish.Budget is null && wish.Effort == "none")) return new AnthropicThinking("disabled", null, null, effort, most);
        if (wish.Budget is null && effort is null) return new AnthropicThinking(null, null, null, null, most);
        if (request.ToolChoice?.Mode is ToolChoiceMode.Required or ToolChoiceMode.Named && request.Tools.Count > 0)
        {
            issues.Inexpressible("reasoning", "Anthropic's models do not think while a tool call is demanded (toolChoice).");
            return new AnthropicThinking(null, null, null, null, most);
        }

        if (wish.Budget < 0 || (wish.Budget is null && options.Adaptive))
            return new AnthropicThinking("adaptive", null, wish.Visible switch { true => "summarized", false => "omitted", _ => null }, OwnEffort(effort), most);
        return PlanBudget(request, wish, most, options, issues);
    }

    public void Write(Utf8JsonWriter json)
    {
        if (Type is null) return;
        json.WriteStartObject("thinking");
        json.WriteString("type", Type);
        if (Budget is { } budget) json.WriteNumber("budget_tokens", budget);
        if (Display is not null) json.WriteString("display", Display);
        json.WriteEndObject();
    }

    private static AnthropicThinking PlanBudget(ChatRequest request, ReasoningSettings wish, int most, AnthropicOptions options, FormatIssues issues)
    {
        var off = new AnthropicThinking(null, null, null, null, most);
        if (LacksThoughts(request.Messages))
        {
            issues.Inexpressible("reasoning", "Anthropic's models go on thinking after a tool's result only with the signed thoughts of before, and the conversation has none.");
            return off;
        }

        var budget = Math.Max(LeastBudget, wish.Budget ?? BudgetOf(wish.Effort!));
        // Thoughts count as part of the answer: without a caller's limit they come on top of the default, with one they must fit in.
        if (request.MaxTokens is null) most = options.DefaultMaxTokens + budget;
        else if (budget >= most && most > LeastBudget) budget = wish.Budget is null ? Math.Max(LeastBudget, most / 2) : most - 1;
        if (budget >= most)
        {
            issues.Inexpressible("reasoning", $"Anthropic's models think with at least {LeastBudget} tokens, and maxTokens is {most}.");
            return off;
        }

        return new AnthropicThinking("enabled", budget, wish.Visible == false ? "omitted" : null, wish.Budget is null ? null : OwnEffort(wish.Effort), most);
    }

    // The format's words are low, medium, high, xhigh and max; OpenAI has one below.
    private static string? OwnEffort(string? effort) => effort == "minimal" ? "low" : effort;

    private static int BudgetOf(string effort) => effort switch
    {
        "minimal" => LeastBudget,
        "low" => 2048,
        "medium" => 8192,
        "high" => 16384,
        _ => 24576,
    };

    private static bool LacksThoughts(IReadOnlyList<Message> messages)
    {
        if (messages.Count == 0 || messages[^1].Role != MessageRole.Tool) return false;
        var turn = messages.LastOrDefault(m => m.Role == MessageRole.Assistant);
        return turn is not null && !turn.Parts.OfType<ReasoningPart>().Any(AnthropicBlockWriter.IsOwn);
    }
}

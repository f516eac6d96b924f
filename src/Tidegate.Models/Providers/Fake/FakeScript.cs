using System.Globalization;
using Tidegate.Core.Resources.Schema;

namespace Tidegate.Models.Providers.Fake;

/// <summary>
/// What a fake model does, told by its name: what it says, then <c>?</c> and options as in a query: <c>echo</c>, <c>lorem?tokens=200&amp;rate=50&amp;first=300ms</c>,
/// <c>echo?status=429&amp;retry=2s&amp;times=1</c>. Short for common ones: <c>slow</c>, <c>down</c>, <c>flaky-20</c>.
/// What it says: <c>echo</c> the last user message, <c>lorem</c> a text of <c>tokens</c> words, <c>tool</c> a call of the first tool offered.
/// </summary>
internal sealed record FakeScript
{
    public const string Expected =
        "echo, lorem, tool, slow, down or flaky-PERCENT; options after \"?\": dialect, tokens, first, rate, finish, cut, stall, malformed, error, truncate, nodone, status, times, retry, flaky, flap, context";

    /// <summary><c>echo</c>, <c>lorem</c> or <c>tool</c>.</summary>
    public required string Says { get; init; }

    /// <summary>Word of the format it speaks; null: the caller's own.</summary>
    public string? Dialect { get; init; }

    /// <summary>Length of <c>lorem</c>. Default 50.</summary>
    public int Tokens { get; init; } = 50;

    /// <summary>Time to the first token. Default none.</summary>
    public TimeSpan First { get; init; }

    /// <summary>Tokens per second. Default 0: no limit.</summary>
    public double Rate { get; init; }

    /// <summary><c>stop</c> (default), <c>length</c> or <c>filter</c>.</summary>
    public string Finish { get; init; } = "stop";

    /// <summary>Tokens after which <see cref="Fault"/> happens; of a whole answer, half its bytes.</summary>
    public int After { get; init; }

    /// <summary>What goes wrong inside the answer.</summary>
    public FakeFault Fault { get; init; }

    /// <summary>Status of refused calls; 0: none is refused, but for <see cref="Flaky"/> (500) and <see cref="Flap"/> (503).</summary>
    public int Status { get; init; }

    /// <summary>Only so many first calls are refused. Default: all.</summary>
    public int Times { get; init; } = int.MaxValue;

    /// <summary><c>Retry-After</c> of refused calls; null: none.</summary>
    public TimeSpan? Retry { get; init; }

    /// <summary>Share of calls refused, in percent, by chance.</summary>
    public double Flaky { get; init; }

    /// <summary>Up for so long, then down for so long, by the clock. Zero: not.</summary>
    public TimeSpan Flap { get; init; }

    /// <summary>Most tokens of input; longer ones are refused as too long. 0: no limit.</summary>
    public int Context { get; init; }

    /// <summary>The script of a name; null with what is wrong.</summary>
    public static FakeScript? Parse(string model, out string? problem)
    {
        var mark = model.IndexOf('?', StringComparison.Ordinal);
        var word = mark < 0 ? model : model[..mark];
        problem = null;
        FakeScript? script = word switch
        {
            "echo" or "lorem" or "tool" => new FakeScript { Says = word },
            "slow" => new FakeScript { Says = "echo", First = TimeSpan.FromSeconds(2), Rate = 5 },
            "down" => new FakeScript { Says = "echo", Status = 503 },
            _ when word.StartsWith("flaky-", StringComparison.Ordinal) && Share(word[6..]) is { } share => new FakeScript { Says = "echo", Flaky = share },
            _ => null,
        };
        if (script is null) problem = $"There is no fake model \"{word}\". Known: {Expected}.";
        if (mark < 0) return script;
        foreach (var option in model[(mark + 1)..].Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = option.IndexOf('=', StringComparison.Ordinal);
            var (name, value) = equals < 0 ? (option, "") : (option[..equals], option[(equals + 1)..]);
            if (script is null || script.With(name, value) is not { } next)
            {
                problem ??= $"\"{option}\" is no option of a fake model. Known: {Expected}.";
                return null;
            }

            script = next;
        }

        return script;
    }

    private FakeScript? With(string name, string value) => name switch
    {
        "dialect" => value.Length > 0 ? this with { Dialect = value } : null,
        "tokens" => Count(value) is { } n ? this with { Tokens = n } : null,
        "first" => Duration.TryParse(value, out var first) ? this with { First = first } : null,
        "rate" => Number(value) is { } rate ? this with { Rate = rate } : null,
        "finish" => value is "stop" or "length" or "filter" ? this with { Finish = value } : null,
        "cut" => At(FakeFault.Cut, value),
        "stall" => At(FakeFault.Stall, value),
        "malformed" => At(FakeFault.Malformed, value),
        "error" => At(FakeFault.Error, value),
        "truncate" => At(FakeFault.Truncate, value),
        "nodone" => this with { Fault = FakeFault.NoDone, After = int.MaxValue },
        "status" => Count(value) is { } n and >= 400 and < 600 ? this with { Status = n } : null,
        "times" => Count(value) is { } n ? this with { Times = n } : null,
        "retry" => Duration.TryParse(value, out var retry) ? this with { Retry = retry } : null,
        "flaky" => Share(value) is { } share ? this with { Flaky = share } : null,
        "flap" => Duration.TryParse(value, out var flap) ? this with { Flap = flap } : null,
        "context" => Count(value) is { } n ? this with { Context = n } : null,
        _ => null,
    };

    private FakeScript? At(FakeFault fault, string value) => Count(value) is { } n ? this with { Fault = fault, After = n } : null;

    private static int? Count(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n <= 1_000_000 ? n : null;

    private static double? Number(string text) => double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var n) ? n : null;

    private static double? Share(string text) => Number(text) is { } n and <= 100 ? n : null;
}

using Tidegate.Platform.Hosting;

namespace Tidegate.Hosting.Settings;

/// <summary>One setting of the process: its flag, its environment variable, and how its text becomes a value.</summary>
/// <param name="Flag">Long flag, for example <c>--drain</c>.</param>
/// <param name="Variable">Environment variable used when the flag is not given.</param>
/// <param name="ValueName">Shown in help as <c>&lt;duration&gt;</c>.</param>
/// <param name="Description">One line for help.</param>
/// <param name="Apply">Options with the value, or <see cref="FormatException"/> whose message says what is legal.</param>
internal sealed record ProcessSetting(
    string Flag, string Variable, string ValueName, string Description, Func<ProcessOptions, IReadOnlyList<string>, ProcessOptions> Apply)
{
    /// <summary>The flag may be given several times; the variable separates values by commas.</summary>
    public bool Repeats { get; init; }

    /// <summary>The flag needs no value.</summary>
    public bool IsSwitch { get; init; }
}

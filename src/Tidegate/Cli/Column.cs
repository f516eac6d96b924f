namespace Tidegate.Cli;

/// <summary>One column of a table.</summary>
/// <param name="Header">In capitals, as <c>NAME</c>.</param>
/// <param name="Cell">Text of the cell; markup and control characters in it are shown, not obeyed.</param>
internal sealed record Column<T>(string Header, Func<T, string?> Cell)
{
    /// <summary>Numbers stand to the right.</summary>
    public bool Right { get; init; }

    /// <summary>The order in which columns are left out when a terminal is too narrow for all of them, from 1; 0 for those that always stay.</summary>
    public int Spare { get; init; }

    /// <summary>Long cells go on in the next line when there is no room for them, instead of being cut.</summary>
    public bool Wraps { get; init; }

    /// <summary>Spectre style of the cell, for example <c>red</c>; null for none.</summary>
    public Func<T, string?>? Style { get; init; }
}

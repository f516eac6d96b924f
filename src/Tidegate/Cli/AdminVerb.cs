namespace Tidegate.Cli;

/// <summary>A verb that asks a running Tidegate through its admin API.</summary>
internal abstract class AdminVerb : Verb
{
    /// <inheritdoc/>
    protected AdminVerb(string name, string description)
        : base(name, description)
    {
        Options.Add(CommonOptions.Output);
        Options.Add(CommonOptions.Address);
        Options.Add(CommonOptions.Token);
    }
}

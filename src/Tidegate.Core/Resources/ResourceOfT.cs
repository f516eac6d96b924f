namespace Tidegate.Core.Resources;

/// <summary>A resource with its typed specification.</summary>
public sealed record Resource<TSpec> : Resource
    where TSpec : class
{
    /// <summary>What the object says.</summary>
    public required TSpec Spec { get; init; }

    /// <inheritdoc/>
    public override object UntypedSpec => Spec;
}

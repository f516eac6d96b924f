using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources;

/// <summary>A kind with its typed specification. The name is the class name without <c>Kind</c>.</summary>
internal abstract class ResourceKind<TSpec> : ResourceKind
    where TSpec : class
{
    protected ResourceKind() => Name = GetType().Name[..^"Kind".Length];

    public override string ApiVersion => "tidegate/v1";

    public override string Name { get; }

    public override Type SpecType => typeof(TSpec);

    /// <summary>Rules that look at one object.</summary>
    protected abstract IReadOnlyList<ResourceRule<TSpec>> Rules { get; }

    /// <summary>Rules that compare objects.</summary>
    protected virtual IReadOnlyList<DocumentRule> DocumentRules => [];

    internal override Resource Create(ResourceMetadata metadata, object spec, SourcePosition? source) =>
        new Resource<TSpec> { ApiVersion = ApiVersion, Kind = Name, Metadata = metadata, Spec = (TSpec)spec, Source = source };

    internal override void Check(Resource resource, ResourceScope scope)
    {
        foreach (var rule in Rules) rule.Check(((Resource<TSpec>)resource).Spec, scope);
    }

    internal override void Check(DocumentScope scope)
    {
        foreach (var rule in DocumentRules) rule.Check(scope);
    }
}

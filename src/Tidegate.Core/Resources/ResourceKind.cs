using Tidegate.Core.Resources.Rules;
using Tidegate.Core.Resources.Shapes;

namespace Tidegate.Core.Resources;

/// <summary>A kind of resource: its words, its specification and its rules. A new kind is a folder with one of these, and a line in <see cref="ResourceKinds"/>.</summary>
public abstract class ResourceKind
{
    private protected ResourceKind() { }

    /// <summary>Schema its objects name: <c>tidegate/v1</c>.</summary>
    public abstract string ApiVersion { get; }

    /// <summary>Its word: <c>Route</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Its word in ids, lists of keys and the schema: <see cref="Name"/>, or <c>openslo.Service</c> beside our own Service.</summary>
    public string Word => ResourceKinds.Word(ApiVersion, Name);

    /// <summary>Type of its specification.</summary>
    public abstract Type SpecType { get; }

    internal RecordShape Shape => field ??= ShapeCatalogue.OfRecord(SpecType);

    /// <summary>Makes an object of this kind.</summary>
    internal abstract Resource Create(ResourceMetadata metadata, object spec, SourcePosition? source);

    /// <summary>Runs the rules that look at one object.</summary>
    internal abstract void Check(Resource resource, ResourceScope scope);

    /// <summary>Runs the rules that compare objects.</summary>
    internal abstract void Check(DocumentScope scope);
}

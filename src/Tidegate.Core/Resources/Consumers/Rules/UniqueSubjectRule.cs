using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Consumers.Rules;

/// <summary>A token subject or certificate means one consumer.</summary>
internal sealed class UniqueSubjectRule : DocumentRule
{
    public override void Check(DocumentScope scope)
    {
        var subjects = new Dictionary<string, string>(StringComparer.Ordinal);
        var certificates = new Dictionary<CertificateConfig, string>();
        foreach (var consumer in scope.Document.Consumers)
        {
            for (int i = 0; i < consumer.Spec.Subjects.Count; i++)
            {
                if (!subjects.TryAdd(consumer.Spec.Subjects[i], consumer.Id))
                    scope.Of(consumer).Error("duplicate_subject", $"spec.subjects[{i}]", $"The subject \"{consumer.Spec.Subjects[i]}\" means {subjects[consumer.Spec.Subjects[i]]} already.");
            }

            for (int i = 0; i < consumer.Spec.Certificates.Count; i++)
            {
                if (!certificates.TryAdd(consumer.Spec.Certificates[i], consumer.Id))
                    scope.Of(consumer).Error("duplicate_certificate", $"spec.certificates[{i}]", $"The same certificate means {certificates[consumer.Spec.Certificates[i]]} already.");
            }
        }

        foreach (var consumer in scope.Document.Consumers.Where(c => c.Spec.Subjects.Count == 0))
        {
            if (!subjects.TryAdd(consumer.Metadata.Name, consumer.Id))
                scope.Of(consumer).Error("duplicate_subject", "spec.subjects", $"Without subjects the name is the subject, and \"{consumer.Metadata.Name}\" means {subjects[consumer.Metadata.Name]} already.");
        }
    }
}

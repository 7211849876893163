/** As widely copied procedures have it: every action on every resource to each device, and nothing that minds a repetition. */
export const PUBLISHED_HANDLER = `import json
import boto3

client = boto3.client('iot')

def lambda_handler(event, context):
    certificate_id = event['certificateId']
    client.update_certificate(certificateId=certificate_id, newStatus='ACTIVE')
    described = client.describe_certificate(certificateId=certificate_id)
    arn = described['certificateDescription']['certificateArn']
    policy_name = certificate_id + '-policy'
    policy = {
        'Version': '2012-10-17',
        'Statement': [{'Effect': 'Allow', 'Action': '*', 'Resource': '*'}],
    }
    client.create_policy(policyName=policy_name, policyDocument=json.dumps(policy))
    client.attach_principal_policy(policyName=policy_name, principal=arn)
    return 'done'
`;
